package lesson

var imagePages = map[Topic]Page{
	TopicIndex: {
		Title: "Image index",
		What: "A list of images under one name: one for each platform, such as linux/amd64. Each entry names a manifest by its digest, " +
			"which is a hash of the manifest's bytes. So the digest of the index fixes every byte below it.",
		Proves: []string{
			"The bytes are the ones that the digest names. Nobody can change a platform without changing the digest of the index.",
			"When a signature names the digest of the index, it covers its platforms too, because the index names them by digest.",
		},
		Not: []string{
			"Who made it. An index carries no signature of its own: what vouches for it is attached beside it.",
			"That the tag will name the same index tomorrow. A tag can be moved; a digest cannot.",
		},
		Links: []Link{
			{"OCI image-spec: image index", ociIndex},
			{"OCI image-spec: digests", ociDigests},
		},
	},
	TopicImage: {
		Title: "Image",
		What: "The manifest of one image: it lists a configuration (what to run) and layers (the files), each by its digest. " +
			"The digest of the manifest is what runs: pull by it, and nothing else can come.",
		Proves: []string{
			"The bytes of the manifest are the ones that the digest names; through it, so are the configuration and the layers.",
			"Inside a signed index it is covered: the signature names the index, and the index names this.",
		},
		Not: []string{
			"What is inside of the layers. That is what an SBOM or a scan says, and whoever signed that answers for it.",
			"Who built it, unless a signature or SLSA provenance about this digest or its index says so.",
		},
		Links: []Link{
			{"OCI image-spec: image manifest", ociManifest},
			{"OCI image-spec: digests", ociDigests},
		},
	},
	TopicAttestationManifest: {
		Title: "BuildKit's attestation manifest",
		What: "BuildKit, Docker's builder, puts what it noted while it built into a manifest of its own: one for each platform, " +
			"with a layer for each statement. The index lists it beside the platforms, as platform unknown/unknown.",
		Proves: []string{
			"It was in the index when that was signed, because the index names it by digest.",
		},
		Not: []string{
			"Anything by itself: BuildKit signs nothing. Whoever signed the index vouches for the bytes, not for what they say.",
		},
		Links: []Link{{"BuildKit: attestation storage", buildkitStorage}},
	},
	TopicSignatureManifest: {
		Title: "A manifest that holds signatures or attestations",
		What: "cosign's older form keeps all signatures of an image, or all attestations, as layers of one manifest under a tag made from " +
			"the image's digest. It is shown as a node of its own because something is attached to it.",
		Proves: []string{"Its layers are the ones that it names by digest."},
		Not:    []string{"Anything about the image: nobody signs this manifest. Each layer has its own signature and is judged by itself."},
		Links:  []Link{{"cosign: storage of signatures", cosignStorage}},
	},
	TopicArtifact: {
		Title: "Attached file",
		What: "Anything can be attached to an image: a report, a licence, a README. The manifest around it names the image in its subject " +
			"field, or stands under a tag made from the image's digest.",
		Proves: []string{"The bytes are the ones that its manifest names."},
		Not: []string{
			"Who attached it. Whoever may write to the repository can attach a file, and nothing in it is signed.",
			"That it belongs to this image, unless something signed says so: an attestation that names its digest, or a signature attached to it.",
		},
		Links: []Link{
			{"OCI image-spec: artifacts", ociArtifacts},
			{"OCI distribution-spec: listing referrers", ociReferrers},
		},
	},
	TopicSBOMFile: {
		Title: "SBOM, as a bare file",
		What: "A software bill of materials: a list of the packages inside of an image, with versions and licences. This one was attached " +
			"as a file, without a statement around it that would say which image it is about.",
		Proves: []string{"The bytes are the ones that its manifest names."},
		Not: []string{
			"Who made it, and that it is about this image: nothing here is signed.",
			"That it is complete. A list shows what its tool could find.",
		},
		Links: []Link{
			{"SPDX 2.3", "https://spdx.github.io/spdx-spec/v2.3/"},
			{"CycloneDX", "https://cyclonedx.org/specification/overview/"},
		},
	},
}
