package main

import "strings"

// pkg is one package of the demo image.
type pkg struct {
	kind    string // "apk" or "npm"
	name    string
	version string
	license string
	needs   []string
}

// purl is the package URL (package-url/purl-spec).
func (p pkg) purl() string {
	if p.kind == "apk" {
		return "pkg:apk/alpine/" + p.name + "@" + p.version + "?distro=alpine-3.22.1"
	}
	return "pkg:npm/" + strings.Replace(p.name, "@", "%40", 1) + "@" + p.version
}

// packages are what is inside the image. demo-markdown and demo-yaml, which have vulnerabilities, are made up.
func packages() []pkg {
	var out []pkg
	for line := range strings.Lines(packageTable) {
		f := strings.Fields(line)
		p := pkg{kind: f[0], name: f[1], version: f[2], license: f[3]}
		if len(f) > 4 {
			p.needs = strings.Split(f[4], ",")
		}
		out = append(out, p)
	}
	return out
}

// packageTable: kind, name, version, license, what it needs.
const packageTable = `apk alpine-baselayout 3.7.0-r0 GPL-2.0-only alpine-baselayout-data,busybox-binsh
apk alpine-baselayout-data 3.7.0-r0 GPL-2.0-only
apk alpine-keys 2.5-r0 MIT
apk apk-tools 2.14.9-r2 GPL-2.0-only musl,zlib,libcrypto3,ca-certificates-bundle
apk busybox 1.37.0-r18 GPL-2.0-only musl
apk busybox-binsh 1.37.0-r18 GPL-2.0-only busybox
apk ca-certificates-bundle 20250619-r0 MPL-2.0
apk libcrypto3 3.5.1-r0 Apache-2.0 musl
apk libgcc 14.2.0-r6 GPL-2.0-or-later musl
apk libssl3 3.5.1-r0 Apache-2.0 libcrypto3,musl
apk libstdc++ 14.2.0-r6 GPL-2.0-or-later libgcc,musl
apk musl 1.2.5-r10 MIT
apk musl-utils 1.2.5-r10 MIT musl,scanelf
apk scanelf 1.3.8-r1 GPL-2.0-only musl
apk ssl_client 1.37.0-r18 GPL-2.0-only libssl3,musl
apk zlib 1.3.1-r2 Zlib musl
npm @attestree/demo-server 1.4.0 Apache-2.0 @modelcontextprotocol/sdk,demo-markdown,demo-yaml,pino,zod
npm @modelcontextprotocol/sdk 1.12.1 MIT ajv,content-type,cors,eventsource,express,raw-body,zod
npm accepts 2.0.0 MIT mime-types,negotiator
npm ajv 8.17.1 MIT fast-deep-equal,json-schema-traverse
npm body-parser 2.2.0 MIT bytes,debug,iconv-lite,qs,raw-body
npm bytes 3.1.2 MIT
npm content-type 1.0.5 MIT
npm cookie 0.7.2 MIT
npm cors 2.8.5 MIT vary
npm debug 4.4.1 MIT ms
npm demo-markdown 2.1.0 MIT
npm demo-yaml 0.9.4 ISC
npm eventsource 3.0.7 MIT eventsource-parser
npm eventsource-parser 3.0.2 MIT
npm express 5.1.0 MIT accepts,body-parser,cookie,debug,mime-types,qs
npm fast-deep-equal 3.1.3 MIT
npm iconv-lite 0.6.3 MIT safer-buffer
npm json-schema-traverse 1.0.0 MIT
npm mime-db 1.54.0 MIT
npm mime-types 3.0.1 MIT mime-db
npm ms 2.1.3 MIT
npm negotiator 1.0.0 MIT
npm pino 9.7.0 MIT sonic-boom
npm qs 6.14.0 BSD-3-Clause
npm raw-body 3.0.0 MIT bytes,iconv-lite
npm safer-buffer 2.1.2 MIT
npm sonic-boom 4.2.0 MIT
npm vary 1.1.2 MIT
npm zod 3.25.49 MIT`
