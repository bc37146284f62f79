package predicate

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// decodeTrace reads a runtime trace (attestation spec, predicates/runtime-trace.md), v0.1 and v0.2. The shape of its
// events depends on the monitor before v0.2; they are counted, and hosts are named where they are as in the examples.
//
// The summary holds monitor, process, event, processes, connections, files (numbers, null where there is no such list),
// hosts, startedOn and finishedOn.
func decodeTrace(raw []byte, version string) model.Predicate {
	r := parse(raw)
	log := r.Get("monitorLog")
	processes, connections, files := length(log.Get("process")), length(log.Get("network")), length(log.Get("fileAccess"))
	said := func(list string) bool { return log.Get(list).IsArray() }
	titles := []string{"Runtime trace " + version}
	if said("process") {
		titles = append(titles, model.Counted(processes, "process event"))
	}
	if said("network") {
		titles = append(titles, model.Counted(connections, "connection"))
	}
	n := newNote(titles...)
	n.say("Of", "event", text(r, "monitoredProcess.event"))
	n.tellSaid(said("network"), "Connections", "connections", connections)
	n.list("Hosts", "hosts", hosts(log.Get("network")))
	n.tellSaid(said("process"), "Processes", "processes", processes)
	n.tellSaid(said("fileAccess"), "Files", "files", files)
	n.say("Monitor", "monitor", text(r, "monitor.type"))
	n.say("Kind of process", "process", text(r, "monitoredProcess.type"))
	n.fields.add("Host", text(r, "monitoredProcess.hostID"))
	started, finished := text(r, "metadata.buildStartedOn"), text(r, "metadata.buildFinishedOn")
	n.say("Started", "startedOn", started)
	n.say("Finished", "finishedOn", finished)
	if processes+connections+files == 0 {
		n.warn("empty-trace", "it records no event, which is not the same as a process that did nothing: look at monitorLog")
	}
	n.span("the trace", started, finished)
	return n
}

// hosts are the different remote ends of a list of connections, as far as they are named.
func hosts(network gjson.Result) []string {
	seen, out := map[string]bool{}, []string{}
	eachOf(network, func(connection gjson.Result) {
		host := anyText(connection, "hostname", "ip", "socket")
		if port, ok := number(connection, "port"); ok && host != "" {
			host += " " + strings.TrimSpace(strconv.Itoa(port)+" "+text(connection, "protocol"))
		}
		if host != "" && !seen[host] && len(out) < maxList {
			seen[host] = true
			out = append(out, clip(host, maxTitle))
		}
	})
	return out
}
