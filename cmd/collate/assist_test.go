package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// fakeModel serves what a language model would, at the address that is returned, for as long as the test runs. It finds the words "too slow",
// lies about everything else, and under another path misbehaves.
func fakeModel(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/chat/completions", func(w http.ResponseWriter, r *http.Request) {
		var q struct {
			Messages []struct{ Content string }
		}
		var p struct{ ID, Words string }
		if json.NewDecoder(r.Body).Decode(&q) != nil || len(q.Messages) != 2 {
			w.WriteHeader(http.StatusTeapot)
			return
		}
		if strings.HasPrefix(q.Messages[1].Content, "[") {
			var group []struct{ ID, Words string }
			json.Unmarshal([]byte(q.Messages[1].Content), &group)
			reply(w, map[string]string{"name": "Slow for children", "passage": group[0].ID, "quote": "too slow for children"})
			return
		}
		json.Unmarshal([]byte(q.Messages[1].Content), &p)
		claim := func(theme, quote, stance string) map[string]string {
			return map[string]string{"passage": p.ID, "theme": theme, "quote": quote, "stance": stance, "stance_quote": quote}
		}
		said := []any{claim("money", "we want far more money for this", "support")}
		if strings.Contains(p.Words, "too slow") {
			said = append(said, claim("speed", "is too slow for", "oppose"))
		}
		reply(w, map[string]any{"claims": said})
	})
	mux.HandleFunc("POST /rubbish/chat/completions", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("hello")) })
	mux.HandleFunc("POST /elsewhere/chat/completions", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://203.0.113.9/v1/chat/completions", http.StatusPermanentRedirect)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func reply(w http.ResponseWriter, content any) {
	text, err := json.Marshal(content)
	if err != nil {
		panic(err) // what the tests give always marshals
	}
	json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]string{"content": string(text)}}}})
}
