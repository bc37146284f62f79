//go:build !linux && !darwin

package aside

import "errors"

const mappable = false

func (d *draft) mapped(int64) ([]byte, error) { return nil, errors.ErrUnsupported }
