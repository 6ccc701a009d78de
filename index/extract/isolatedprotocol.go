package extract

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"time"
)

// The protocol between [Isolated] and [Serve]: frames of a length (four bytes, the highest first) and so many bytes.
// The parent first sends a greeting, then for each file its name, a person's hints and its bytes; the child answers each with a reply.

// A greeting tells the child its bounds.
type greeting struct {
	Memory   int64
	Deadline time.Duration
}

type request struct {
	name  string
	hints Hints
	data  []byte
}

func writeRequest(w io.Writer, r request) error {
	hints, err := json.Marshal(r.hints)
	if err != nil {
		return err
	}
	return writeFrames(w, []byte(r.name), hints, r.data)
}

// readRequest returns io.EOF when there is no further one.
func readRequest(r io.Reader) (request, error) {
	name, err := readFrame(r)
	if err != nil {
		return request{}, err
	}
	q := request{name: string(name)}
	if err := readJSON(r, &q.hints); err != nil {
		return q, err
	}
	q.data, err = readFrame(r)
	return q, err
}

// A reply is a document, or an error as a code for its sentinel and its words.
type reply struct {
	Document *Document `json:",omitempty"`
	Code     string    `json:",omitempty"`
	Message  string    `json:",omitempty"`
}

// sentinelCodes name the errors that must be told apart on the other side. The first that fits is taken: ErrScanned is an ErrNoText too.
var sentinelCodes = []struct {
	code string
	err  error
}{
	{"scanned", ErrScanned},
	{"no-text", ErrNoText},
	{"unknown-format", ErrUnknownFormat},
	{"encrypted", ErrEncrypted},
	{"damaged", ErrDamaged},
	{"limit", ErrLimit},
	{"timeout", ErrTimeout},
	{"crashed", ErrCrashed},
	{"cancelled", context.Canceled},
}

func newReply(doc *Document, err error) reply {
	if err == nil {
		return reply{Document: doc}
	}
	r := reply{Code: "other", Message: err.Error()}
	for _, s := range sentinelCodes {
		if errors.Is(err, s.err) {
			r.Code = s.code
			break
		}
	}
	return r
}

// result turns a reply back into what [File] returned.
func (r reply) result() (*Document, error) {
	if r.Code == "" {
		if r.Document == nil {
			return nil, fmt.Errorf("%w: it answered nothing", ErrCrashed)
		}
		return r.Document, nil
	}
	for _, s := range sentinelCodes {
		if s.code == r.Code {
			return nil, &remoteError{r.Message, s.err}
		}
	}
	return nil, errors.New(r.Message)
}

// A remoteError has the words of an error in the child and wraps the same sentinel.
type remoteError struct {
	message  string
	sentinel error
}

func (e *remoteError) Error() string { return e.message }
func (e *remoteError) Unwrap() error { return e.sentinel }

func writeJSON(w io.Writer, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return writeFrames(w, data)
}

func readJSON(r io.Reader, v any) error {
	data, err := readFrame(r)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}

func writeFrames(w io.Writer, frames ...[]byte) error {
	for _, data := range frames {
		if len(data) > math.MaxUint32 {
			return fmt.Errorf("%w: an answer of %d MB", ErrLimit, len(data)>>20)
		}
		if err := binary.Write(w, binary.BigEndian, uint32(len(data))); err != nil {
			return err
		}
		if _, err := w.Write(data); err != nil {
			return err
		}
	}
	return nil
}

// readFrame returns io.EOF at the end between two frames, and io.ErrUnexpectedEOF inside one.
func readFrame(r io.Reader) ([]byte, error) {
	var length uint32
	if err := binary.Read(r, binary.BigEndian, &length); err != nil {
		return nil, err
	}
	// The buffer grows with what arrives, so that a wrong length costs nothing.
	data, err := io.ReadAll(io.LimitReader(r, int64(length)))
	if err == nil && len(data) < int(length) {
		err = io.ErrUnexpectedEOF
	}
	return data, err
}
