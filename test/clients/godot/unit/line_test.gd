extends "game_test.gd"
## Reliable messages over ways that change, what comes too late, and the pace through the server.

const Frame := preload("res://addons/online_match/links/frame.gd")
const Freshness := preload("res://addons/online_match/links/freshness.gd")
const Line := preload("res://addons/online_match/links/line.gd")
const ServerPace := preload("res://addons/online_match/links/server_pace.gd")


func test_each_message_arrives_once_and_in_order_however_ways_change() -> void:
	var random := RandomNumberGenerator.new()
	for seed_number in 50:
		random.seed = seed_number
		# Their numbers go beyond 32 bits on the way.
		var first: int = [1, 0xFFFFFFF0, 0x7FFFFFF0][seed_number % 3]
		var sender := Line.new(7, first)
		var receiver := Line.new(7, first)
		var wire: Array[PackedByteArray] = []
		var sent: Array[PackedByteArray] = []
		var arrived: Array[PackedByteArray] = []
		for number in 100:
			sent.append(_message(number, random.randi_range(4, 5000)))
			sender.push(sent[-1])
			while sender.has_next() and random.randf() < 0.9:
				wire.append(sender.take().encode())
			while random.randf() < 0.7 and not wire.is_empty():
				_bring(wire.pop_front(), receiver, arrived)
			if random.randf() < 0.1:
				sender.acknowledge(receiver.acknowledgement().number & 0xFFFFFFFF)
			if random.randf() < 0.05:
				# What was on its way is lost, or comes all the same.
				wire = [] as Array[PackedByteArray] if random.randf() < 0.5 else wire
				sender.rewind()
		sender.rewind()
		while sender.has_next():
			wire.append(sender.take().encode())
		for bytes in wire:
			_bring(bytes, receiver, arrived)
		same(arrived, sent)
		sender.acknowledge(receiver.acknowledgement().number & 0xFFFFFFFF)
		same([sender.kept_bytes, sender.underway(), sender.has_next()], [0, 0, false])


func test_what_is_kept_has_a_bound() -> void:
	var line := Line.new(0)
	var large := PackedByteArray()
	large.resize(1 << 20)
	for number in 4:
		holds(line.takes(large.size()), "there is room")
		line.push(large)
	holds(not line.takes(1), "there is no room")
	holds(line.acknowledge(1 + ceili(float(large.size()) / Line.PART_BYTES)), "it is news")
	holds(line.takes(large.size()), "there is room again")


func test_what_cannot_be_acknowledged_is_not() -> void:
	var line := Line.new(0)
	line.push(PackedByteArray([1]))
	for number: int in [0, 1, 3, 0xFFFFFFFF]:
		holds(not line.acknowledge(number), "it is no news")
	holds(line.acknowledge(2), "it is news")


func test_an_empty_message_is_one_too() -> void:
	var line := Line.new(0)
	line.push(PackedByteArray())
	var whole := Line.new(0).accept(line.take())
	same(whole.data, PackedByteArray())
	holds(not line.has_next(), "it was one part")


func test_old_messages_of_an_outage_are_dropped() -> void:
	var fresh := Freshness.new()
	# The other's clock is 5 s behind, and a message takes 20 ms.
	for number in 10:
		holds(fresh.take(_unreliable(number, number * 100), 5020 + number * 100), "it is fresh")
	holds(not fresh.take(_unreliable(10, 1000), 5020 + 1000 + 1010), "it is old")
	holds(fresh.take(_unreliable(11, 2000), 5020 + 2000 + 900), "it is fresh")


func test_of_messages_in_order_an_overtaken_one_is_dropped() -> void:
	var fresh := Freshness.new()
	var results := []
	for number: int in [1, 3, 2, 3, 0xFFFFFFFF, 4]:
		results.append(fresh.take(_unreliable(number, 0, Frame.IN_ORDER), 0))
	same(results, [true, true, false, false, false, true])
	holds(fresh.take(_unreliable(2, 0), 0), "order is not asked for")


func test_the_pace_follows_the_server() -> void:
	var pace := ServerPace.new()
	same([pace.takes(7), pace.takes(8)], [true, false])
	pace.slow_down(400, 1000)
	pace.slow_down(300, 1001)
	same([pace.takes(3), pace.takes(4), pace.paused_until], [true, false, 1400])
	for progress in 11:
		pace.on_progress()
	same([pace.takes(4), pace.takes(5)], [true, false])
	for repeated in 9:
		pace.on_repeat()
	same(pace.repeat_ms, ServerPace.MAX_REPEAT_MS)


func _message(number: int, size: int) -> PackedByteArray:
	var bytes := PackedByteArray()
	bytes.resize(size)
	bytes.encode_u32(0, number)
	return bytes


func _bring(bytes: PackedByteArray, receiver: Line, arrived: Array[PackedByteArray]) -> void:
	var whole := receiver.accept(Frame.decode(bytes))
	if whole != null:
		arrived.append(whole.data)


func _unreliable(number: int, sent_ms: int, flags := 0) -> Frame:
	var frame := Frame.of(Frame.Kind.UNRELIABLE, 0, number)
	frame.sent_ms = sent_ms
	frame.flags = flags
	return frame
