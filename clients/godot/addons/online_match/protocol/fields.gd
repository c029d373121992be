extends RefCounted
## Reads JSON that may be anything. All numbers in it are floats.


## The JSON object in a text; empty where there is none.
static func object_in(text: String) -> Dictionary:
	var json := JSON.new()
	if text == "" or json.parse(text) != OK:
		return {}
	return json.data if json.data is Dictionary else {}


static func text_in(fields: Dictionary, key: String, otherwise := "") -> String:
	var value: Variant = fields.get(key)
	return value if value is String else otherwise


static func int_in(fields: Dictionary, key: String, otherwise := 0) -> int:
	var value: Variant = fields.get(key)
	return int(value) if value is float or value is int else otherwise


## Only a plain true is true.
static func flag_in(fields: Dictionary, key: String) -> bool:
	var value: Variant = fields.get(key)
	return value is bool and value


static func object_of(fields: Dictionary, key: String) -> Dictionary:
	var value: Variant = fields.get(key)
	return value if value is Dictionary else {}


static func list_in(fields: Dictionary, key: String) -> Array:
	var value: Variant = fields.get(key)
	return value if value is Array else []
