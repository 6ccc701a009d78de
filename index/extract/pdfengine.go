package extract

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// pdfMemoryPages bounds the sandbox at 512 MB: a file of 720 bytes is known to ask for more than 4 GB.
const pdfMemoryPages = 8192

// A pdfEngine makes PDFium instances in a WebAssembly sandbox without files or network.
type pdfEngine struct {
	reading sync.RWMutex // held for reading while a sandbox is in use, so that the pool is not closed under it
	mu      sync.Mutex   // guards pool
	pool    pdfium.Pool
}

// sharedPDF is the one thing of this package that lives as long as the process. Compiling PDFium takes seconds and the
// compiled code is the same for every file, so it is made at the first PDF and kept. It holds code, never a document:
// each file gets a sandbox of its own from it.
var sharedPDF pdfEngine

// use runs read with a fresh sandbox. When read reports that the sandbox trapped, all of the compiled code is thrown
// away, since a trap leaves it in an unknown state, and made again for the next file.
func (e *pdfEngine) use(ctx context.Context, read func(pdfium.Pdfium) (trapped bool)) error {
	trapped, err := e.try(ctx, read)
	if trapped {
		e.discard()
	}
	return err
}

func (e *pdfEngine) try(ctx context.Context, read func(pdfium.Pdfium) bool) (trapped bool, err error) {
	e.reading.RLock()
	defer e.reading.RUnlock()
	instance, err := e.instance(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		return true, fmt.Errorf("%w: starting PDFium: %v", ErrCrashed, err)
	}
	defer instance.Close()
	return read(instance), nil
}

func (e *pdfEngine) instance(ctx context.Context) (pdfium.Pdfium, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pool == nil {
		pool, err := cachedPDFPool(pdfCacheFolder())
		if err != nil {
			return nil, err
		}
		e.pool = pool
	}
	return e.pool.GetInstanceWithContext(ctx)
}

func (e *pdfEngine) discard() {
	e.reading.Lock()
	defer e.reading.Unlock()
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pool != nil {
		_ = e.pool.Close() // nothing of it is used again
		e.pool = nil
	}
}

// newPDFPool compiles PDFium, or takes it compiled from the cache.
func newPDFPool(cache wazero.CompilationCache) (pdfium.Pool, error) {
	// A custom configuration replaces the library's own, which turns these two features on.
	features := api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling
	return webassembly.Init(webassembly.Config{
		// Eight at a time is more than any machine reads at once; none is kept idle, since a used one is never reused.
		MaxTotal: 8,
		// Without a file system of its own the library would mount the whole disk into the sandbox.
		FSConfig: wazero.NewFSConfig(),
		Stdout:   io.Discard,
		Stderr:   io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().
			WithMemoryLimitPages(pdfMemoryPages).
			WithCoreFeatures(features).
			WithCompilationCache(cache),
	})
}

// pdfCacheFolder is where the compiled code is kept for the next process: 0.1 s instead of 6 s. It is "" where the
// system has no folder for caches.
func pdfCacheFolder() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "collate", "pdfium")
}

// cachedPDFPool makes the pool with a cache in folder, which holds nothing else. A file there that was cut short would
// be refused each time and never written anew, so the folder is emptied then. Where it cannot be used, the code is kept
// in memory.
func cachedPDFPool(folder string) (pdfium.Pool, error) {
	for range 2 {
		cache, err := wazero.NewCompilationCacheWithDir(folder)
		if folder == "" || err != nil {
			break
		}
		pool, err := newPDFPool(cache)
		if err == nil {
			return pool, nil
		}
		if os.RemoveAll(folder) != nil {
			break
		}
	}
	return newPDFPool(wazero.NewCompilationCache())
}
