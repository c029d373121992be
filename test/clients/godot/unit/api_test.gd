extends "game_test.gd"
## What games know of the addon of old is there, by the same names.

const SIGNALS: Array[String] = [
	"error",
	"disconnected",
	"match_created",
	"match_joined",
	"matchmaker_matched",
	"player_joined",
	"player_left",
	"player_status_changed",
	"match_ready",
	"match_not_ready",
	"webrtc_peer_added",
	"webrtc_peer_removed",
]
const METHODS: Array[String] = [
	"create_match",
	"join_match",
	"start_matchmaking",
	"start_playing",
	"leave",
	"get_my_session_id",
	"get_match_id",
	"get_matchmaker_ticket",
	"get_match_mode",
	"get_match_state",
	"get_session_id",
	"get_player_by_peer_id",
	"get_players_by_peer_id",
	"get_player_names_by_peer_id",
	"get_webrtc_peer",
	"get_webrtc_peer_by_peer_id",
	"serialize_players",
	"unserialize_players",
]
const PROPERTIES := {
	"min_players": 2,
	"max_players": 4,
	"client_version": "dev",
	"use_network_relay": 0,
	"match_id": "",
	"my_session_id": "",
	"matchmaker_ticket": "",
	"match_state": 0,
	"match_mode": 0,
	"players": {},
}

@onready var _match: Node = get_node("/root/OnlineMatch")


func test_all_signals_methods_and_properties_are_there() -> void:
	for title in SIGNALS:
		holds(_match.has_signal(title), "there is no signal " + title)
	for title in METHODS:
		holds(_match.has_method(title), "there is no method " + title)
	for title: String in PROPERTIES:
		same(_match.get(title), PROPERTIES[title])


func test_enums_have_the_same_numbers() -> void:
	var constants := (_match.get_script() as Script).get_script_constant_map()
	var base := (_match.get_script() as Script).get_base_script().get_base_script()
	constants.merge(base.get_script_constant_map())
	same(constants.MatchState.WAITING_FOR_ENOUGH_PLAYERS, 3)
	same(constants.MatchState.PLAYING, 5)
	same(constants.MatchMode.MATCHMAKER, 3)
	same(constants.PlayerStatus, {"CONNECTING": 0, "CONNECTED": 1, "FAILED": 2})
	same(constants.NetworkRelay, {"AUTO": 0, "FORCED": 1, "DISABLED": 2})
	same(constants.MatchOpCode.JOIN_ERROR, 9003)


func test_players_are_data_and_back() -> void:
	var player := OnlineMatchPlayer.new("s", "ada", 7)
	var plain: Dictionary = _match.call("serialize_players", {"s": player})
	var again: Dictionary = _match.call("unserialize_players", plain)
	same([again.s.session_id, again.s.username, again.s.peer_id], ["s", "ada", 7])


func test_what_is_told_outside_of_a_match() -> void:
	var told: Array[String] = []
	var hear := func(why: OnlineMatchFailure) -> void: told.append(why.code)
	_match.connect("failed", hear)
	same(await _match.call("start_playing"), false)
	same(await _match.call("kick", 2), false)
	same(told, ["not-ready", "not-in-a-match"] as Array[String])
	_match.disconnect("failed", hear)
	await _match.call("leave")
	same(_match.get("match_state"), 0)


func test_failures_have_the_servers_codes_or_their_own() -> void:
	for each: Array in [
		[
			"match-full: all 2 seats of this match are taken",
			5,
			"match-full",
			"all 2 seats of this match are taken"
		],
		["Match not found", 4, "match-not-found", "There is no such match, or it has ended."],
		["Request cancelled.", 0, "disconnected", "The connection to the server was lost."],
		["Something else", 3, "bad-request", "Something else"],
		["Something else", 99, "unknown", "Something else"],
	]:
		var failure := OnlineMatchFailure.from_exception({"message": each[0], "status_code": each[1]})
		same([failure.code, failure.message], [each[2], each[3]])
