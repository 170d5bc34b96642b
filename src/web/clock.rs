//! The clock and chance: what the pure machine may not make itself.

use crate::model::{Timestamp, WriterId};
use crate::state::Stamp;
use std::cell::Cell;

/// The moment and the writer for one command.
pub fn stamp(writer: &WriterId) -> Stamp {
    Stamp { now: now(), writer: writer.clone() }
}

thread_local! {
    static LAST: Cell<f64> = const { Cell::new(0.0) };
}

/// Now. No moment comes twice within a second, since articles stand in the order in which they came.
pub fn now() -> Timestamp {
    let (now, last) = (millis(), LAST.get());
    let is_taken = now <= last && now > last - 1_000.0;
    LAST.set(if is_taken { last + 1.0 } else { now });
    let iso = String::from(js_sys::Date::new(&LAST.get().into()).to_iso_string());
    Timestamp::parse(&iso).unwrap_or_else(Timestamp::unknown)
}

/// The same in milliseconds, as the system has it, for telling clicks apart.
pub fn millis() -> f64 {
    js_sys::Date::now()
}

/// A new random writer: eight characters of 32, forty bits.
pub fn new_writer() -> WriterId {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut random = [0; 8];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let filled = crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut random).ok());
    if filled.is_none() {
        random = std::array::from_fn(|_| (js_sys::Math::random() * 256.0) as u8);
    }
    WriterId::new(random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect::<String>())
}
