package learn

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// each runs f for 0 to n-1, on as many processors as there are (four at most). Each f writes to a place of its own, so that which
// of them comes first makes no difference. It returns ctx's error when that ends before the work does.
func each(ctx context.Context, n int, f func(i int)) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, 4, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
