package packages_test

import (
	"context"
	"fmt"

	"github.com/attestree/attestree/model/packages"
)

func Example() {
	builder := packages.NewBuilder([]byte(`{"spdxVersion":"SPDX-2.3","packages":[
		{"SPDXID":"SPDXRef-1","name":"zlib","versionInfo":"1.10","licenseDeclared":"Zlib"},
		{"SPDXID":"SPDXRef-2","name":"left-pad","versionInfo":"1.9","licenseDeclared":"MIT"},
		{"SPDXID":"SPDXRef-3","name":"right-pad","versionInfo":"1.10","licenseDeclared":"MIT"}],
		"relationships":[{"spdxElementId":"SPDXRef-3","relationshipType":"DEPENDS_ON","relatedSpdxElement":"SPDXRef-2"}]}`))
	for builder.Step(1 << 20) {
		fmt.Println(builder.Snapshot().Len(), "packages so far")
	}
	index, err := builder.Index()
	if err != nil {
		fmt.Println(err)
		return
	}
	table := packages.NewTable(packages.Source{Index: index})
	query, err := packages.ParseQuery("licence:mit pad")
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, _ := table.Filter(context.Background(), query)
	rows, _ = table.Sort(context.Background(), rows, packages.ByVersion, true)
	for _, row := range rows {
		p := table.Row(int(row))
		relations, _ := index.Relations(table.Places(int(row))[0].Package)
		fmt.Println(p.Name, p.Version, relations[0].Other.Name)
	}
	// Output:
	// right-pad 1.10 left-pad
	// left-pad 1.9 right-pad
}
