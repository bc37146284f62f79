//go:build !linux && !darwin

package shelf

import "errors"

const mappable = false

func (d *draft) mapped(int64) ([]byte, error) { return nil, errors.ErrUnsupported }
