extends RefCounted
## Which ways a connection may take.

## AUTO: through a TURN server where nothing else works. FORCED: always, which hides the players' addresses from
## each other. DISABLED: never.
enum Relay { AUTO, FORCED, DISABLED }


## Without TURN servers where they are disabled.
static func servers(relay: int, given: Array) -> Array:
	if relay != Relay.DISABLED:
		return given
	var allowed := []
	for server: Dictionary in given:
		var urls: Variant = server.get("urls", [])
		var list: Array = urls if urls is Array else [urls]
		var stun := list.filter(func(url: String) -> bool: return not url.begins_with("turn"))
		if not stun.is_empty():
			allowed.append(server.merged({"urls": stun}, true))
	return allowed


static func has_turn(given: Array) -> bool:
	return given.any(_has_turn)


## Whether a candidate's line may be sent or used. TCP candidates may not: no two browsers connect by them.
static func allows(relay: int, line: String) -> bool:
	if line.contains(" tcptype "):
		return false
	return relay == Relay.AUTO or line.contains("typ relay") == (relay == Relay.FORCED)


## A description without the candidates that may not be used.
static func cleaned(relay: int, sdp: String) -> String:
	var lines := PackedStringArray()
	for line in sdp.split("\n"):
		if not line.begins_with("a=candidate:") or allows(relay, line):
			lines.append(line)
	return "\n".join(lines)


static func _has_turn(server: Dictionary) -> bool:
	var urls: Variant = server.get("urls", [])
	var list: Array = urls if urls is Array else [urls]
	return list.any(func(url: String) -> bool: return url.begins_with("turn"))
