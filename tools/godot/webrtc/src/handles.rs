//! Connections and channels are numbers to libdatachannel's C interface; here they are kept, freed and converted.
use datachannel_sys as rtc;
use godot::builtin::{VarDictionary, Variant};
use godot::global::Error;
use godot::meta::FromGodot;
use std::collections::BTreeSet;
use std::ffi::{c_char, c_int, CStr, CString};
use std::sync::Mutex;

/// Those that are not deleted yet, also where their Godot objects leak.
static LIVING: Mutex<BTreeSet<c_int>> = Mutex::new(BTreeSet::new());

pub fn keep(handle: c_int) {
    LIVING.lock().unwrap().insert(handle);
}

pub fn delete(handle: c_int) {
    let was_living = LIVING.lock().unwrap().remove(&handle);
    if was_living {
        unsafe { delete_now(handle) };
    }
}

/// One by one: `rtcCleanup` deletes under the lock that its own callbacks wait for, and would hang on a living one.
pub fn delete_all() {
    let living = std::mem::take(&mut *LIVING.lock().unwrap());
    for handle in living {
        unsafe { delete_now(handle) };
    }
    unsafe { rtc::rtcCleanup() };
}

/// A handle is a connection or a channel; each function refuses the other kind.
unsafe fn delete_now(handle: c_int) {
    if rtc::rtcDeletePeerConnection(handle) < 0 {
        rtc::rtcDelete(handle);
    }
}

pub fn c_string(text: impl ToString) -> CString {
    CString::new(text.to_string().replace('\0', "")).unwrap()
}

pub unsafe fn rust_string(text: *const c_char) -> String {
    CStr::from_ptr(text).to_string_lossy().into_owned()
}

/// libdatachannel answers with a negative number where it refuses.
pub fn error_of(code: c_int) -> Error {
    if code < 0 {
        Error::FAILED
    } else {
        Error::OK
    }
}

pub fn text_in(config: &VarDictionary, key: &str) -> String {
    config.get(key).map(|value: Variant| value.to_string()).unwrap_or_default()
}

pub fn value_in<T: FromGodot>(config: &VarDictionary, key: &str) -> Option<T> {
    config.get(key).and_then(|value| value.try_to::<T>().ok())
}
