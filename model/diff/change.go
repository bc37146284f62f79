package diff

// Area is what a change is about. Areas are shown in their order: what is about trust first.
type Area string

// The areas. They are part of the JSON contract.
const (
	AreaVerdict       Area = "verdict"       // of the image, of the policy, of a node
	AreaSigner        Area = "signer"        // who signed
	AreaAttachment    Area = "attachment"    // gained and lost
	AreaBuilder       Area = "builder"       // who built: builder, build type, runner, trigger
	AreaSource        Area = "source"        // from what: repository, ref, commit, workflow
	AreaLevel         Area = "level"         // SLSA build level
	AreaAllowance     Area = "allowance"     // what a scan was told to overlook
	AreaVulnerability Area = "vulnerability" // and what excuses it
	AreaPackage       Area = "package"
	AreaLicence       Area = "licence"
	AreaFinding       Area = "finding"
	AreaImage         Area = "image" // digest, platforms
	AreaOther         Area = "other" // what else a predicate says
)

// Areas lists the areas in the order in which they are read.
var Areas = []Area{
	AreaVerdict, AreaSigner, AreaAttachment, AreaBuilder, AreaSource, AreaLevel, AreaAllowance, AreaVulnerability,
	AreaFinding, AreaImage, AreaPackage, AreaLicence, AreaOther,
}

// Way is how something changed.
type Way string

// The ways. They are part of the JSON contract.
const (
	Gained  Way = "gained"
	Lost    Way = "lost"
	Unseen  Way = "unseen" // not there, on a side where not everything could be looked at
	Changed Way = "changed"
	Raised  Way = "raised" // of versions, levels, verdicts
	Lowered Way = "lowered"
)

// Weight is how much a change asks for a look.
type Weight string

// The weights. They are part of the JSON contract.
const (
	Worse   Weight = "worse"
	Better  Weight = "better"
	Neutral Weight = "neutral"
	Look    Weight = "look" // neither, and for a person to decide: another signer
)

// Change is one difference.
type Change struct {
	Area   Area
	Way    Way
	Weight Weight
	What   string // "SLSA provenance v1 · linux/amd64", "libssl3"; may quote attested text
	Detail string // which side of it: "builder", "licence"; "" where Area says it
	Before string // "" where there was nothing
	After  string
	// Proven says that both values are proven by a certificate, and not only claimed.
	Proven bool
	// BeforeID and AfterID are nodes of the sides, "" where there is none.
	BeforeID, AfterID string
}

// Report is all differences between two sides.
type Report struct {
	Before, After Side
	// Notes are what limits the comparison, one sentence each.
	Notes   []string
	Changes []Change // by area, in the order of Areas
	// Packages is nil where the packages of a side are not known.
	Packages *PackageReport
}

// In is the changes of one area.
func (r Report) In(area Area) (changes []Change) {
	for _, c := range r.Changes {
		if c.Area == area {
			changes = append(changes, c)
		}
	}
	return changes
}

// Worse reports whether anything became worse.
func (r Report) Worse() bool {
	for _, c := range r.Changes {
		if c.Weight == Worse {
			return true
		}
	}
	return false
}

// Same reports whether nothing is different.
func (r Report) Same() bool {
	return len(r.Changes) == 0 && (r.Packages == nil || len(r.Packages.Changes) == 0)
}
