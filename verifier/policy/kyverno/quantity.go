package kyverno

import (
	"cmp"
	"errors"
	"math/big"
	"regexp"
	"strconv"
	"time"
)

// amount is a number with a unit as Kubernetes writes resource quantities: 100m, 1.5Gi, 12e6.
var amount = regexp.MustCompile(`^([+-]?)([0-9]*)(?:\.([0-9]*))?([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?$`)

// units are what a unit multiplies by.
var units = map[string]*big.Rat{
	"": power(10, 0), "n": power(10, -9), "u": power(10, -6), "m": power(10, -3), "k": power(10, 3), "M": power(10, 6), "G": power(10, 9),
	"T": power(10, 12), "P": power(10, 15), "E": power(10, 18), "Ki": power(2, 10), "Mi": power(2, 20), "Gi": power(2, 30),
	"Ti": power(2, 40), "Pi": power(2, 50), "Ei": power(2, 60),
}

func power(base, exponent int64) *big.Rat {
	p := new(big.Int).Exp(big.NewInt(base), big.NewInt(max(exponent, -exponent)), nil)
	if exponent < 0 {
		return new(big.Rat).SetFrac(big.NewInt(1), p)
	}
	return new(big.Rat).SetInt(p)
}

// errAmount says that Kubernetes would round or cap a quantity, or take a mere unit for one.
var errAmount = errors.New("a quantity is too large, too exact or without a number")

// The bounds of a quantity that is neither rounded nor capped.
const (
	mostDigits   = 18
	mostExponent = 18
)

// quantity reads a quantity; ok is false for a text that is none. Those that Kubernetes rounds or caps are an error.
func quantity(s string) (q *big.Rat, ok bool, err error) {
	m := amount.FindStringSubmatch(s)
	if m == nil || s == "" {
		return nil, false, nil
	}
	if digits := len(m[2]) + len(m[3]); digits == 0 { // Kubernetes reads "k" as nought
		return nil, false, errAmount
	}
	if len(m[2])+len(m[3]) > mostDigits || len(m[3]) > mostDigits/2 {
		return nil, false, errAmount
	}
	unit, known := units[m[4]]
	if !known {
		exponent, err := strconv.Atoi(m[4][1:])
		if err != nil || exponent > mostExponent || exponent < -mostExponent {
			return nil, false, errAmount
		}
		unit = power(10, int64(exponent))
	}
	q, ok = new(big.Rat).SetString(m[1] + "0" + m[2] + "." + m[3] + "0")
	if !ok {
		return nil, false, nil
	}
	q.Mul(q, unit)
	if nanos := new(big.Rat).Mul(q, power(10, 9)); !nanos.IsInt() || new(big.Rat).Abs(q).Cmp(power(2, 62)) > 0 {
		return nil, false, errAmount
	}
	return q, true, nil
}

// order compares a text with an end of a range: as durations where both are, else as quantities.
func order(key, end string) (by int, ok bool, err error) {
	a, errA := time.ParseDuration(key)
	b, errB := time.ParseDuration(end)
	if errA == nil && errB == nil {
		return cmp.Compare(a, b), true, nil
	}
	p, ok, err := quantity(end)
	if err != nil || !ok {
		return 0, false, err
	}
	q, ok, err := quantity(key)
	if err != nil || !ok {
		return 0, false, err
	}
	return q.Cmp(p), true, nil
}
