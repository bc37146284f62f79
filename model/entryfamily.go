package model

// EntryFamily is the family of what a node is about: of its predicate as it was signed, else of the document or
// signature that it is. It is "" for what is about nothing, such as an index or an image, and as long as that is not known.
func EntryFamily(e *Entry) Family {
	switch n := e.Node; n.Kind {
	case KindSignature:
		return FamilySignature
	case KindIndex, KindImage, KindAttestationManifest, KindFile:
		return ""
	default: // what may be about something
	}
	a := e.Attestation
	switch {
	case a == nil:
		return announcedFamily(e.Node)
	case a.Message, a.SimpleSigning != nil, a.Target != nil:
		return FamilySignature
	case a.Statement != nil:
		return statedFamily(a)
	case a.Document != "" && a.Predicate != nil:
		return a.Predicate.Family()
	}
	return announcedFamily(e.Node)
}

// statedFamily is that of the predicate type that was signed. Where that says nothing, a statement quoted in the predicate
// does, or what the predicate turned out to be; but a quoted signature is none.
func statedFamily(a *Attestation) Family {
	family := FamilyOf(a.Statement.PredicateType)
	if family != FamilyOther {
		return family
	}
	if quoted := FamilyOf(a.PredicateType); quoted != FamilySignature {
		family = quoted
	}
	if family == FamilyOther && a.Predicate != nil && a.Nested == nil && a.Predicate.Family() != "" {
		return a.Predicate.Family()
	}
	return family
}

// announcedFamily is what is said of a node that has not been read: its kind, or the type that an annotation announces.
func announcedFamily(n Node) Family {
	if n.Kind == KindSBOM {
		return FamilySBOM
	}
	if hint := n.Announced(); hint != "" {
		return FamilyOf(hint)
	}
	return FamilyOther
}

// Announced is the predicate type that a manifest's annotations name, "" for none. It is a hint and nothing more: whoever
// attached something wrote it.
func (n Node) Announced() string {
	for _, key := range announcements {
		if hint := n.Annotations[key]; hint != "" {
			return hint
		}
	}
	return ""
}
