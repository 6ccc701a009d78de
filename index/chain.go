package index

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
)

// ChainMark tells the record, as it was when its newest decision had the number seq, from every other: 16 hexadecimal digits of a hash of
// the chain of decisions up to there. A copy of the record has the same marks as far as both agree. It is "" where there is no such
// decision, and nothing of the record can be read from it.
func (c *Consultation) ChainMark(ctx context.Context, seq int64) (string, error) {
	var hash string
	err := c.record.read.QueryRowContext(ctx, `SELECT hash FROM decision WHERE seq = ?`, seq).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("reading decision %d: %w", seq, err)
	}
	sum := sha256.Sum256([]byte("mark of " + hash))
	return hex.EncodeToString(sum[:8]), nil
}
