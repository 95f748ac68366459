package blob

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// bucket keeps blobs in S3 or what speaks its protocol.
type bucket struct {
	client *minio.Client
	name   string
}

func openS3(ctx context.Context, address string) (Store, error) {
	u, err := url.Parse(address)
	name := ""
	if err == nil {
		name = strings.Trim(u.Path, "/")
	}
	if err != nil || u.Host == "" || name == "" || strings.Contains(name, "/") {
		return nil, errors.New("blobs s3: the address must look like s3://KEY:SECRET@host/bucket")
	}
	login := credentials.NewEnvAWS()
	if u.User != nil {
		secret, _ := u.User.Password()
		login = credentials.NewStaticV4(u.User.Username(), secret, "")
	}
	client, err := minio.New(u.Host, &minio.Options{Creds: login, Secure: u.Query().Get("tls") != "0", Region: u.Query().Get("region")})
	if err != nil {
		return nil, fmt.Errorf("blobs s3: %w", err)
	}
	ok, err := client.BucketExists(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("blobs s3://%s/%s: %w", u.Host, name, err)
	}
	if !ok {
		return nil, fmt.Errorf("blobs s3://%s/%s: there is no such bucket", u.Host, name)
	}
	return &bucket{client, name}, nil
}

// PutIfAbsent looks first and then writes: two writers at once both write, and
// as names are chosen by content, they write the same.
func (b *bucket) PutIfAbsent(ctx context.Context, name string, data []byte) error {
	if _, err := b.Stat(ctx, name); err == nil || !errors.Is(err, ErrAbsent) {
		return err
	}
	_, err := b.client.PutObject(ctx, b.name, name, bytes.NewReader(data), int64(len(data)), minio.PutObjectOptions{ContentType: "application/octet-stream"})
	return err
}

func (b *bucket) Get(ctx context.Context, name string, from, n int64) (io.ReadCloser, error) {
	size, err := b.Stat(ctx, name)
	switch {
	case err != nil:
		return nil, err
	case from >= size || n == 0:
		return http.NoBody, nil
	case n < 0 || n > size-from:
		n = size - from
	}
	var o minio.GetObjectOptions
	if err := o.SetRange(from, from+n-1); err != nil {
		return nil, err
	}
	r, err := b.client.GetObject(ctx, b.name, name, o)
	if err != nil {
		return nil, missing(err)
	}
	return r, nil
}

func (b *bucket) Stat(ctx context.Context, name string) (int64, error) {
	if err := checkName(name); err != nil {
		return 0, err
	}
	info, err := b.client.StatObject(ctx, b.name, name, minio.StatObjectOptions{})
	return info.Size, missing(err)
}

func (b *bucket) Delete(ctx context.Context, name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	return b.client.RemoveObject(ctx, b.name, name, minio.RemoveObjectOptions{})
}

func (b *bucket) List(ctx context.Context, prefix string) ([]string, error) {
	if err := checkPrefix(prefix); err != nil {
		return nil, err
	}
	var names []string
	for object := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		if object.Err != nil {
			return nil, object.Err
		}
		names = append(names, object.Key)
	}
	slices.Sort(names)
	return names, nil
}

// missing tells "there is nothing" apart from every other failure.
func missing(err error) error {
	if err != nil && minio.ToErrorResponse(err).StatusCode == http.StatusNotFound {
		return ErrAbsent
	}
	return err
}
