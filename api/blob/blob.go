package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ErrAbsent says that there is nothing of that name.
var ErrAbsent = errors.New("blob: nothing of that name")

// maxName keeps names within what file systems and S3 take.
const maxName = 512

// Store keeps bytes under names.
type Store interface {
	// PutIfAbsent writes all of data or nothing. It leaves what is there
	// already alone and returns nil then too.
	PutIfAbsent(ctx context.Context, name string, data []byte) error
	// Get reads n bytes from an offset; n < 0 means to the end.
	Get(ctx context.Context, name string, from, n int64) (io.ReadCloser, error)
	// Stat tells the size [byte].
	Stat(ctx context.Context, name string) (int64, error)
	// Delete removes; nothing of that name is no error.
	Delete(ctx context.Context, name string) error
	// List names everything below a prefix that ends in /, in byte order.
	List(ctx context.Context, prefix string) ([]string, error)
}

// Read is all the bytes of one name.
func Read(ctx context.Context, s Store, name string) ([]byte, error) {
	r, err := s.Get(ctx, name, 0, -1)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(r)
	return data, errors.Join(err, r.Close())
}

// DeleteAll removes everything below a prefix.
func DeleteAll(ctx context.Context, s Store, prefix string) error {
	names, err := s.List(ctx, prefix)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := s.Delete(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// Open opens the store of an address: a folder, or
// s3://KEY:SECRET@host[:port]/bucket[?tls=0&region=...]; without KEY:SECRET the
// usual AWS_* environment variables are used.
func Open(ctx context.Context, address string) (Store, error) {
	if strings.HasPrefix(address, "s3://") {
		return openS3(ctx, address)
	}
	return openFolder(address)
}

// checkName lets nothing but plain words between slashes be a name: a name
// leads neither out of the folder nor to a hidden file.
func checkName(name string) error {
	if len(name) > maxName {
		return fmt.Errorf("blob: a name of %d bytes; at most %d are kept", len(name), maxName)
	}
	for word := range strings.SplitSeq(name, "/") {
		if word == "" || word[0] == '.' || strings.IndexFunc(word, odd) >= 0 {
			return fmt.Errorf("blob: %q is not a name: letters, digits, '.', '_' and '-' between single slashes", name)
		}
	}
	return nil
}

func odd(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '_' || r == '-')
}

func checkPrefix(prefix string) error {
	word, ok := strings.CutSuffix(prefix, "/")
	if !ok {
		return fmt.Errorf("blob: the prefix %q must end in /", prefix)
	}
	return checkName(word)
}
