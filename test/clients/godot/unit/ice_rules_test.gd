extends "game_test.gd"
## Which ways a connection may take.

const IceRules := preload("res://addons/online_match/links/ice_rules.gd")
const Relay := IceRules.Relay

const HOST := "candidate:1 1 UDP 1 192.0.2.1 5000 typ host"
const RELAYED := "candidate:2 1 UDP 1 192.0.2.2 5000 typ relay raddr 0.0.0.0 rport 0"
const TCP := "candidate:3 1 TCP 1 192.0.2.1 9 typ host tcptype active"


func test_candidates_are_allowed_by_how_turn_is_used() -> void:
	for each: Array in [
		[Relay.AUTO, HOST, true],
		[Relay.AUTO, RELAYED, true],
		[Relay.AUTO, TCP, false],
		[Relay.FORCED, HOST, false],
		[Relay.FORCED, RELAYED, true],
		[Relay.DISABLED, HOST, true],
		[Relay.DISABLED, RELAYED, false],
	]:
		same(IceRules.allows(each[0], each[1]), each[2])


func test_descriptions_lose_the_candidates_that_may_not_be_used() -> void:
	var sdp := "v=0\r\na=%s\r\na=%s\r\na=mid:0\r\n" % [HOST, RELAYED]
	same(IceRules.cleaned(Relay.FORCED, sdp), "v=0\r\na=%s\r\na=mid:0\r\n" % RELAYED)


func test_turn_servers_are_left_out_where_they_are_disabled() -> void:
	var both := [{"urls": ["stun:a", "turn:b"], "username": "u"}, {"urls": "turns:c"}]
	same(IceRules.servers(Relay.AUTO, both), both)
	same(IceRules.servers(Relay.DISABLED, both), [{"urls": ["stun:a"], "username": "u"}])
