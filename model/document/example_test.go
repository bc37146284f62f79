package document_test

import (
	"fmt"

	"github.com/attestree/attestree/model/document"
)

func Example() {
	doc, err := document.Index([]byte(`{"subject":[{"name":"app"}],"predicate":{"builder":{"id":"a\/b"}}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	view := document.NewView(doc, 2)
	for row := range view.Len() {
		i := view.Node(row)
		fmt.Printf("%-20s %s\n", doc.Path(i), doc.Value(i))
	}
	// Output:
	// @this                {"subject":[{"name":"app"}],"predicate":{"builder":{"id":"a\/b"}}}
	// subject              [{"name":"app"}]
	// subject.0            {"name":"app"}
	// predicate            {"builder":{"id":"a\/b"}}
	// predicate.builder    {"id":"a\/b"}
}
