package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path"
)

// recordLimit is the largest record, in bytes.
const recordLimit = 16 << 20

// recordName is the file of a record. The name of a record may be anything, and tells nothing on disk.
func recordName(name string) string {
	sum := sha256.Sum256([]byte(name))
	return path.Join("records", hex.EncodeToString(sum[:]))
}

// checksum binds a record to its name: a file that was altered, or moved in place of another, is not believed.
func checksum(name string, body []byte) []byte {
	h := sha256.New()
	h.Write([]byte(name))
	h.Write([]byte{0})
	h.Write(body)
	return []byte(hex.EncodeToString(h.Sum(nil)))
}

// Remember keeps a value, which is written as JSON, under a name. It replaces what was there.
func (c *Cache) Remember(name string, value any) {
	if c == nil {
		return
	}
	body, err := json.Marshal(value)
	if err != nil || len(body) > recordLimit {
		return // what cannot be kept will be asked again
	}
	c.write(recordName(name), append(append(checksum(name, body), '\n'), body...), nil)
}

// Recall reads what was remembered under a name, and reports whether there was something. What is not as it was written
// is removed.
func (c *Cache) Recall(name string, into any) bool {
	if c == nil {
		return false
	}
	file := recordName(name)
	raw, used, err := c.disk.read(file, recordLimit+2*sha256.Size+1, nil)
	if err != nil {
		c.unreadable(file, err)
		return false
	}
	sum, body, _ := bytes.Cut(raw, []byte("\n"))
	if !bytes.Equal(sum, checksum(name, body)) || json.Unmarshal(body, into) != nil {
		_ = c.disk.remove(file) // if it stays, it will be found out again
		return false
	}
	c.used(file, used)
	return true
}

// Forget removes what was remembered under a name.
func (c *Cache) Forget(name string) {
	if c != nil {
		_ = c.disk.remove(recordName(name)) // there may be none
	}
}
