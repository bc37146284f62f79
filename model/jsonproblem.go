package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// JSONProblem is an error of encoding/json in words for a person, without the names of our types. Other errors stay as
// they are.
func JSONProblem(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind) && kind.Field != "":
		return fmt.Errorf("%q is of another type than it should be", kind.Field)
	case errors.As(err, &kind):
		return errors.New("the value is of another type than it should be")
	case errors.As(err, &syntax):
		return fmt.Errorf("not JSON, at byte %d", syntax.Offset)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("not JSON: it ends too early")
	}
	return err
}
