extends "game_test.gd"
## Reliable packets over connections that break.

const Stream := preload("res://addons/online_match/links/stream.gd")
const Pulse := preload("res://addons/online_match/links/pulse.gd")


func test_each_packet_arrives_once_and_in_order_however_connections_break() -> void:
	var random := RandomNumberGenerator.new()
	for seed_number in 50:
		random.seed = seed_number
		var sender := Stream.new()
		var receiver := Stream.new()
		var wire: Array[PackedByteArray] = []
		var arrived := PackedInt32Array()
		for number in 400:
			wire.append(sender.put(var_to_bytes(number)))
			while random.randf() < 0.4 and not wire.is_empty():
				var packet: Variant = receiver.take(wire.pop_front())
				if packet != null:
					arrived.append(bytes_to_var(packet))
			if random.randf() < 0.1:
				sender.acknowledge(receiver.received)
			if random.randf() < 0.05:
				# The connection breaks, and what was on its way is lost.
				wire = sender.kept().duplicate()
		for bytes in sender.kept():
			var packet: Variant = receiver.take(bytes)
			if packet != null:
				arrived.append(bytes_to_var(packet))
		same(arrived, PackedInt32Array(range(400)))


func test_what_is_kept_has_a_bound() -> void:
	var stream := Stream.new()
	var large := PackedByteArray()
	large.resize(1 << 20)
	for number in 3:
		holds(not stream.put(large).is_empty(), "there is room")
	holds(stream.put(large).is_empty() and stream.is_full, "there is no room")
	stream.acknowledge(1)
	holds(not stream.put(large).is_empty(), "there is room again")


func test_other_clients_get_packets_as_they_are() -> void:
	var stream := Stream.new()
	stream.put(PackedByteArray([1, 2]))
	same(stream.take_plain(), [PackedByteArray([1, 2])] as Array[PackedByteArray])
	same(stream.take_plain(), [] as Array[PackedByteArray])


func test_silence_is_of_games_that_have_answered() -> void:
	var pulse := Pulse.new()
	pulse.begin(0)
	for now in range(0, 20_000, 100):
		same(pulse.silence(now), 0)
	pulse.answered(20_000)
	for now in range(20_000, 30_000, 100):
		same(pulse.silence(now), now - 20_000)


func test_a_pause_of_the_own_game_is_no_silence_of_another() -> void:
	var pulse := Pulse.new()
	pulse.begin(0)
	pulse.answered(0)
	same(pulse.silence(500), 500)
	same(pulse.silence(70_000), 0)
	same(pulse.silence(70_500), 500)
