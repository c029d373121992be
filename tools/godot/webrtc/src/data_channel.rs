//! WebRTCDataChannel.
use crate::handles::{c_string, delete, error_of, keep, text_in, value_in};
use datachannel_sys as rtc;
use godot::classes::web_rtc_data_channel::{ChannelState, WriteMode};
use godot::classes::{IWebRtcDataChannelExtension, WebRtcDataChannelExtension};
use godot::global::Error;
use godot::meta::conv::RawPtr;
use godot::prelude::*;
use std::collections::VecDeque;
use std::ffi::{c_char, c_int, c_void};
use std::sync::Mutex;

struct Packet {
    bytes: Vec<u8>,
    is_text: bool,
}

/// What came and was not read yet.
#[derive(Default)]
struct Inbox(Mutex<VecDeque<Packet>>);

unsafe extern "C" fn on_message(_: c_int, data: *const c_char, size: c_int, to: *mut c_void) {
    // A text has a negative size, which counts the zero at its end.
    let is_text = size < 0;
    let length = if is_text { -size - 1 } else { size } as usize;
    let bytes = std::slice::from_raw_parts(data as *const u8, length).to_vec();
    let inbox = &*(to as *const Inbox);
    inbox.0.lock().unwrap().push_back(Packet { bytes, is_text });
}

/// The inbox is never freed: a thread of libdatachannel may still hold it after the channel is closed.
pub unsafe fn listen(handle: c_int) {
    keep(handle);
    rtc::rtcSetUserPointer(handle, Box::into_raw(Box::<Inbox>::default()) as *mut c_void);
    rtc::rtcSetMessageCallback(handle, Some(on_message));
}

#[derive(GodotClass)]
#[class(tool, init, base = WebRtcDataChannelExtension)]
pub struct LibDataChannel {
    base: Base<WebRtcDataChannelExtension>,
    #[init(val = -1)]
    handle: c_int,
    inbox: Option<&'static Inbox>,
    is_negotiated: bool,
    writes_text: bool,
    /// Godot reads its bytes until it takes the next one.
    #[init(val = Packet { bytes: vec![], is_text: false })]
    current: Packet,
}

impl LibDataChannel {
    /// Null, with an error, where Godot's own WebRTC would refuse these settings.
    pub fn create(connection: c_int, label: &str, config: &VarDictionary) -> Option<Gd<Self>> {
        let is_negotiated = value_in::<bool>(config, "negotiated").unwrap_or(false);
        let id = value_in::<i64>(config, "id");
        let life_time = value_in::<i64>(config, "maxPacketLifeTime");
        let retransmits = value_in::<i64>(config, "maxRetransmits");
        if is_negotiated != id.is_some() || (life_time.is_some() && retransmits.is_some()) {
            godot_error!("a negotiated channel has an id, no other has; a lifetime and retransmits exclude each other");
            return None;
        }
        let (label, protocol) = (c_string(label), c_string(text_in(config, "protocol")));
        unsafe {
            let mut init: rtc::rtcDataChannelInit = std::mem::zeroed();
            init.reliability.unordered = !value_in::<bool>(config, "ordered").unwrap_or(true);
            init.reliability.unreliable = life_time.is_some() || retransmits.is_some();
            init.reliability.maxPacketLifeTime = life_time.unwrap_or(0) as u32;
            init.reliability.maxRetransmits = retransmits.unwrap_or(0) as u32;
            init.protocol = protocol.as_ptr();
            init.negotiated = is_negotiated;
            init.manualStream = id.is_some();
            init.stream = id.unwrap_or(0) as u16;
            let handle = rtc::rtcCreateDataChannelEx(connection, label.as_ptr(), &init);
            if handle < 0 {
                return None;
            }
            listen(handle);
            Some(Self::over(handle, is_negotiated))
        }
    }

    /// A channel that is listened to already.
    pub fn over(handle: c_int, is_negotiated: bool) -> Gd<Self> {
        let mut channel = Self::new_gd();
        let mut this = channel.bind_mut();
        this.handle = handle;
        this.inbox = unsafe { (rtc::rtcGetUserPointer(handle) as *const Inbox).as_ref() };
        this.is_negotiated = is_negotiated;
        drop(this);
        channel
    }

    fn text(&self, get: unsafe extern "C" fn(c_int, *mut c_char, c_int) -> c_int) -> GString {
        let mut buffer = [0u8; 1024];
        let size = unsafe { get(self.handle, buffer.as_mut_ptr() as *mut c_char, buffer.len() as c_int) };
        GString::from(&*String::from_utf8_lossy(&buffer[..(size - 1).max(0) as usize]))
    }

    fn reliability(&self) -> rtc::rtcReliability {
        unsafe {
            let mut found: rtc::rtcReliability = std::mem::zeroed();
            rtc::rtcGetDataChannelReliability(self.handle, &mut found);
            found
        }
    }
}

#[godot_api]
impl IWebRtcDataChannelExtension for LibDataChannel {
    unsafe fn get_packet_rawptr(&mut self, buffer: RawPtr<*mut RawPtr<*const u8>>, size: RawPtr<*mut i32>) -> Error {
        let Some(packet) = self.inbox.and_then(|inbox| inbox.0.lock().unwrap().pop_front()) else {
            return Error::ERR_UNAVAILABLE;
        };
        self.current = packet;
        *buffer.ptr() = RawPtr::new(self.current.bytes.as_ptr());
        *size.ptr() = self.current.bytes.len() as i32;
        Error::OK
    }

    unsafe fn put_packet_rawptr(&mut self, buffer: RawPtr<*const u8>, size: i32) -> Error {
        if !self.writes_text {
            return error_of(rtc::rtcSendMessage(self.handle, buffer.ptr() as *const c_char, size));
        }
        let bytes = std::slice::from_raw_parts(buffer.ptr(), size as usize);
        let text = c_string(String::from_utf8_lossy(bytes));
        error_of(rtc::rtcSendMessage(self.handle, text.as_ptr(), -1))
    }

    fn get_available_packet_count(&self) -> i32 {
        self.inbox.map_or(0, |inbox| inbox.0.lock().unwrap().len() as i32)
    }

    fn get_max_packet_size(&self) -> i32 {
        16_384
    }

    fn poll(&mut self) -> Error {
        Error::OK
    }

    fn close(&mut self) {
        unsafe { rtc::rtcClose(self.handle) };
    }

    fn set_write_mode(&mut self, mode: WriteMode) {
        self.writes_text = mode == WriteMode::TEXT;
    }

    fn get_write_mode(&self) -> WriteMode {
        if self.writes_text {
            WriteMode::TEXT
        } else {
            WriteMode::BINARY
        }
    }

    fn was_string_packet(&self) -> bool {
        self.current.is_text
    }

    fn get_ready_state(&self) -> ChannelState {
        let (is_open, is_closed) = unsafe { (rtc::rtcIsOpen(self.handle), rtc::rtcIsClosed(self.handle)) };
        match (is_open, is_closed) {
            (true, _) => ChannelState::OPEN,
            (_, true) => ChannelState::CLOSED,
            _ => ChannelState::CONNECTING,
        }
    }

    fn get_label(&self) -> GString {
        self.text(rtc::rtcGetDataChannelLabel)
    }

    fn get_protocol(&self) -> GString {
        self.text(rtc::rtcGetDataChannelProtocol)
    }

    fn is_ordered(&self) -> bool {
        !self.reliability().unordered
    }

    fn get_id(&self) -> i32 {
        unsafe { rtc::rtcGetDataChannelStream(self.handle).max(-1) }
    }

    fn get_max_packet_life_time(&self) -> i32 {
        let found = self.reliability();
        if found.unreliable && found.maxPacketLifeTime > 0 {
            found.maxPacketLifeTime as i32
        } else {
            -1
        }
    }

    fn get_max_retransmits(&self) -> i32 {
        let found = self.reliability();
        if found.unreliable && found.maxPacketLifeTime == 0 {
            found.maxRetransmits as i32
        } else {
            -1
        }
    }

    fn is_negotiated(&self) -> bool {
        self.is_negotiated
    }

    fn get_buffered_amount(&self) -> i32 {
        unsafe { rtc::rtcGetBufferedAmount(self.handle).max(0) }
    }
}

impl Drop for LibDataChannel {
    fn drop(&mut self) {
        delete(self.handle);
    }
}
