package web

import (
	"errors"
	"io"
	"mime"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// mostUploaded bounds what is sent at once, in bytes: a consortium's hundred submissions with their pictures.
const mostUploaded = 4 << 30

// errTooMuch is returned for an upload over the bound.
var errTooMuch = errors.New("more than four gigabytes were sent at once: send the files in parts, or add the folder on the command line")

// upload keeps the files of a form in a folder of their own, under the names that they have in the folder they were chosen from, and returns it
// with the form's other fields. It is the caller's to take away.
func upload(r *request) (folder string, fields map[string]string, err error) {
	folder, err = os.MkdirTemp("", "collate-upload-*")
	if err != nil {
		return "", nil, err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(folder)
		}
	}()
	parts, err := r.MultipartReader()
	if err != nil {
		return "", nil, err
	}
	fields, left := map[string]string{}, int64(mostUploaded)
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return folder, fields, nil
		}
		if err != nil {
			return "", nil, err
		}
		_, about, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
		if err != nil {
			return "", nil, err
		}
		if _, isFile := about["filename"]; !isFile {
			value, err := io.ReadAll(io.LimitReader(part, 1<<16))
			if err != nil {
				return "", nil, err
			}
			fields[about["name"]] = string(value)
			continue
		}
		if name := uploadName(about["filename"]); name != "" {
			if err := keep(part, filepath.Join(folder, filepath.FromSlash(name)), &left); err != nil {
				return "", nil, err
			}
		}
	}
}

// keep writes a file, as long as there is room.
func keep(from io.Reader, to string, left *int64) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	n, err := io.Copy(f, io.LimitReader(from, *left+1))
	*left -= n
	if *left < 0 {
		err = errors.Join(err, errTooMuch)
	}
	return errors.Join(err, f.Close())
}

// uploadName is where in a folder of its own a file goes that a browser names: nowhere else, whatever the name. Of a chosen folder the folder's own
// name goes: what is in it names the members. "" for no file.
func uploadName(sent string) string {
	name := path.Clean("/" + strings.ReplaceAll(sent, `\`, "/"))[1:]
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"|?*`, r) { // Windows has no such names
			return '_'
		}
		return r
	}, name)
	if first, rest, ok := strings.Cut(name, "/"); ok && first != "" {
		name = rest
	}
	if name == "." {
		return ""
	}
	return name
}
