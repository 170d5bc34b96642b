//! Valid input made invalid: bits, cuts, splices, and what is known to be hard on a reader of JSON or of text.

use crate::chance::Chance;

/// Values to stand in place of others.
const VALUES: &[&str] = &[
    "null",
    "true",
    "[]",
    "{}",
    "[[]]",
    "{\"\":{}}",
    "\"\"",
    "0",
    "-0",
    "-1",
    "1.5",
    "1e999",
    "-1e-999",
    "4294967295",
    "4294967296",
    "9007199254740993",
    "18446744073709551616",
    "\"NaN\"",
    "\"1\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\u0000\"",
    "\"\\ud83d\\udc4d\"",
    "\"__proto__\"",
];

/// Pieces to stand anywhere.
const PIECES: &[&str] = &[
    "\"__proto__\":{},",
    "\"constructor\":1,",
    "\"\":0,",
    "\"id\":\"a\",",
    "\"start\":1,",
    "\u{feff}",
    "\0",
    "\u{202e}",
    "\u{2066}",
    "\u{200d}",
    "\u{301}",
    "\u{fffd}",
    "\r",
    "\n",
    "\r\n",
    "\u{2028}",
    "👨‍👩‍👧‍👦",
    "e\u{301}",
    "\\",
    "\"",
    "\\u",
    "\\ud83d",
    "</script>",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "date 2031-03-14 ",
];

/// The longest input that is made, in bytes: more finds nothing new and only takes time.
const LONGEST: usize = 400_000;

/// One of the seeds, changed in one to four ways.
pub fn mutate(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = chance.pick(seeds).clone();
    for _ in 0..=chance.below(4) {
        change(&mut bytes, seeds, chance);
        bytes.truncate(LONGEST);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    match chance.below(12) {
        0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
        1 if at < bytes.len() => bytes[at] = chance.number() as u8,
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(chance.stretch(bytes.len()))),
        4 => {
            let again = bytes[chance.stretch(bytes.len())].repeat(1 + chance.below(40));
            insert(bytes, at, &again);
        }
        5 => {
            let other = chance.pick(seeds);
            bytes.truncate(at);
            bytes.extend_from_slice(&other[chance.below(other.len() + 1)..]);
        }
        6 => {
            let other = chance.pick(seeds);
            let piece = other[chance.stretch(other.len())].to_vec();
            insert(bytes, at, &piece);
        }
        7 => {
            let times = if chance.below(30) == 0 { 10_000 } else { 1 };
            let piece = chance.pick(PIECES).repeat(times);
            insert(bytes, at, piece.as_bytes());
        }
        8 | 9 => another_value(bytes, at, chance),
        10 => field_twice(bytes, at, chance),
        _ => {
            let deep = *chance.pick(&["[", "{\"a\":", "[[],", "{\"\":[", "]", "}"]);
            let times = if chance.below(30) == 0 { 60_000 } else { 1 + chance.below(50) };
            insert(bytes, at, deep.repeat(times).as_bytes());
        }
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    bytes.splice(at..at, piece.iter().copied());
}

/// The place of a byte at or after another one.
fn find(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    bytes.get(from..)?.iter().position(|byte| wanted.contains(byte)).map(|at| from + at)
}

/// Puts another value behind the next colon, as JSON has it.
fn another_value(bytes: &mut Vec<u8>, at: usize, chance: &mut Chance) {
    if let Some(colon) = find(bytes, at, b":") {
        let end = find(bytes, colon + 1, b",}]\n").unwrap_or(bytes.len());
        bytes.splice(colon + 1..end, chance.pick(VALUES).bytes());
    }
}

/// Has the next field stand there once more, with another value or its own.
fn field_twice(bytes: &mut Vec<u8>, at: usize, chance: &mut Chance) {
    let Some(start) = find(bytes, at, b"{,").map(|start| start + 1) else { return };
    let Some(colon) = find(bytes, start, b":") else { return };
    let end = find(bytes, colon, b",}").unwrap_or(bytes.len());
    let mut field = if chance.below(2) == 0 { bytes[start..end].to_vec() } else { bytes[start..=colon].to_vec() };
    if field.last() == Some(&b':') {
        field.extend(chance.pick(VALUES).bytes());
    }
    field.push(b',');
    insert(bytes, start, &field);
}
