extends "game_test.gd"
## Whether the other game goes on.

const Pulse := preload("res://addons/online_match/links/pulse.gd")


func test_silence_is_of_games_that_have_answered() -> void:
	var pulse := Pulse.new()
	pulse.begin(0)
	for now in range(0, 20_000, 100):
		same(pulse.is_silent(now), false)
	pulse.answered(20_000)
	for now in range(20_000, 31_000, 100):
		same(pulse.is_silent(now), now - 20_000 >= Pulse.SILENT_MS)


func test_a_pause_of_the_own_game_is_no_silence_of_another() -> void:
	var pulse := Pulse.new()
	pulse.begin(0)
	pulse.answered(0)
	same(pulse.is_silent(500), false)
	same(pulse.is_silent(70_000), false)
	pulse.doubt(70_100)
	same(pulse.is_silent(80_000), false)
	same(pulse.is_silent(80_500), false)


func test_who_lost_their_socket_is_asked_at_once_and_silent_soon() -> void:
	var pulse := Pulse.new()
	pulse.begin(0)
	pulse.answered(0)
	same(pulse.is_due(0, 1000), true)
	pulse.doubt(300)
	same(pulse.is_due(300, 1000), true)
	for now in range(300, 3000, 100):
		same(pulse.is_silent(now), now - 300 >= Pulse.GONE_MS)
	pulse.heard(3000)
	same(pulse.is_silent(3000), false)


func test_a_doubt_is_over_when_they_answer() -> void:
	var pulse := Pulse.new()
	pulse.begin(0)
	pulse.answered(0)
	pulse.doubt(300)
	pulse.answered(400)
	for now in range(400, 9000, 500):
		same(pulse.is_silent(now), false)
