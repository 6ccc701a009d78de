package themes

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// spread calls f for 0 to n-1 on all processors and waits. When the context ends it stops early and returns its error.
func spread(ctx context.Context, n int, f func(i int)) error {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}
