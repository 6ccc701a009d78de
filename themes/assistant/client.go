package assistant

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// What can go wrong with a model.
var (
	ErrRemote      = errors.New("the address is not this machine")
	ErrUnreachable = errors.New("the language model cannot be reached")
	ErrRefused     = errors.New("the language model's server refuses")
	ErrRedirect    = errors.New("the language model's server points to another address, which is not followed")
	ErrRubbish     = errors.New("the language model's answer is not what was asked for")
)

// What one answer may cost.
const (
	maxResponse = 1 << 20  // bytes of an HTTP response
	maxAnswer   = 64 << 10 // bytes of the answer in it
	maxTokens   = 1500     // asked of the model
)

// Options are how a model is asked.
type Options struct {
	Model   string        // its name, as its server knows it
	Timeout time.Duration // of one question; 0 is two minutes
	Tries   int           // of one question; 0 is three
	Wait    time.Duration // before the second try, doubled before each further one; 0 is half a second
	Remote  bool          // the address may be another machine: somebody was told what leaves this one, and agreed
	Seed    int           // given to the model: the same question is to have the same answer, as far as its server can
}

// A Client asks one model. It may be used by one goroutine at a time.
type Client struct {
	endpoint *Endpoint
	opt      Options
	http     *http.Client
	loose    bool // the server does not know how to hold answers to a schema
}

// New makes a client; nothing is sent before a question is asked. It returns [ErrRemote] for another machine that the options do not allow.
func New(e *Endpoint, opt Options) (*Client, error) {
	if !e.Loopback() && !opt.Remote {
		return nil, fmt.Errorf("%w: %s", ErrRemote, e)
	}
	if opt.Timeout <= 0 {
		opt.Timeout = 2 * time.Minute
	}
	if opt.Tries <= 0 {
		opt.Tries = 3
	}
	if opt.Wait <= 0 {
		opt.Wait = 500 * time.Millisecond
	}
	transport := &http.Transport{
		Proxy:                  nil, // a proxy would be one more that reads along, and could send it anywhere
		DialContext:            e.dial,
		DisableCompression:     true, // so that the bound on a response is on what was sent
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConns:           1,
		IdleConnTimeout:        time.Minute,
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{endpoint: e, opt: opt, http: &http.Client{Transport: transport, CheckRedirect: stay}}, nil
}

// Model is the model's name.
func (c *Client) Model() string { return c.opt.Model }

// Close ends what is open to the server.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// A question is what is put to the model: what it is to do, what it is about, and the form of the answer.
type question struct {
	task, about string
	form        any // a JSON schema
}

// ask puts a question until read can use the answer, a few times at most. A server that refuses is not asked again.
func (c *Client) ask(ctx context.Context, q question, read func(answer []byte) error) error {
	wait := c.opt.Wait
	var err error
	for try := range c.opt.Tries {
		if try > 0 {
			if err := pause(ctx, wait); err != nil {
				return err
			}
			wait *= 2
		}
		var answer []byte
		if answer, err = c.once(ctx, q); err == nil {
			err = read(answer)
		}
		if err == nil || ctx.Err() != nil || errors.Is(err, ErrRefused) || errors.Is(err, ErrRedirect) {
			break
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type request struct {
	Model       string    `json:"model"`
	Messages    []message `json:"messages"`
	Temperature int       `json:"temperature"` // 0: the likeliest answer
	Seed        int       `json:"seed"`
	MaxTokens   int       `json:"max_tokens"`
	Stream      bool      `json:"stream"`
	Format      any       `json:"response_format,omitempty"`
}

// once puts a question one time and gives the answer's text.
func (c *Client) once(ctx context.Context, q question) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, c.opt.Timeout)
	defer cancel()
	r := request{Model: c.opt.Model, Messages: []message{{"system", q.task}, {"user", q.about}}, Seed: c.opt.Seed, MaxTokens: maxTokens}
	if !c.loose {
		r.Format = map[string]any{"type": "json_schema", "json_schema": map[string]any{"name": "answer", "strict": true, "schema": q.form}}
	}
	status, body, err := c.post(ctx, r)
	if err != nil {
		return nil, err
	}
	switch {
	case status >= 300 && status < 400:
		return nil, ErrRedirect
	case (status == http.StatusBadRequest || status == http.StatusUnprocessableEntity) && !c.loose:
		c.loose = true // older servers know no schema; the answer is checked all the same
		return c.once(ctx, q)
	case status == http.StatusTooManyRequests, status >= 500:
		return nil, fmt.Errorf("%w: it says %d", ErrUnreachable, status)
	case status != http.StatusOK:
		return nil, fmt.Errorf("%w: it says %d to the model %q", ErrRefused, status, c.opt.Model)
	}
	return answerIn(body)
}

func (c *Client) post(ctx context.Context, r request) (status int, body []byte, err error) {
	data, err := json.Marshal(r)
	if err != nil {
		return 0, nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint.url.JoinPath("chat", "completions").String(), bytes.NewReader(data))
	if err != nil {
		return 0, nil, fmt.Errorf("%w: %v", ErrAddress, err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "collate")
	resp, err := c.http.Do(req)
	if err != nil {
		return 0, nil, fmt.Errorf("%w: %v", ErrUnreachable, err)
	}
	defer resp.Body.Close()
	body, err = io.ReadAll(io.LimitReader(resp.Body, maxResponse+1))
	switch {
	case err != nil:
		return 0, nil, fmt.Errorf("%w: %v", ErrUnreachable, err)
	case len(body) > maxResponse:
		return 0, nil, fmt.Errorf("%w: it is larger than %d KB", ErrRubbish, maxResponse>>10)
	}
	return resp.StatusCode, body, nil
}

// answerIn takes the answer's text out of a response. What servers add to it is passed over.
func answerIn(body []byte) ([]byte, error) {
	var r struct {
		Choices []struct {
			Message struct {
				Content string `json:"content"`
			} `json:"message"`
		} `json:"choices"`
	}
	if err := json.Unmarshal(body, &r); err != nil || len(r.Choices) == 0 {
		return nil, fmt.Errorf("%w: no answer is in it", ErrRubbish)
	}
	answer := r.Choices[0].Message.Content
	if len(answer) > maxAnswer {
		return nil, fmt.Errorf("%w: it is larger than %d KB", ErrRubbish, maxAnswer>>10)
	}
	return []byte(answer), nil
}

// strictly reads an answer that must be one JSON object of just this form, and nothing before or behind it.
func strictly(answer []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(answer))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%w: it is not the JSON asked for", ErrRubbish)
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("%w: something stands behind the JSON", ErrRubbish)
	}
	return nil
}
