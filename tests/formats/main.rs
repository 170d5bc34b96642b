//! Formats from outside: what is written is read again as it was, but for what the report of losses says.
#![cfg(not(target_arch = "wasm32"))]

mod damage;
mod doccano;
mod drawn;
mod hypothesis;
mod jsonl;
mod law;
mod losses;
#[path = "../project_file/make.rs"]
#[expect(dead_code, reason = "shared with the tests of the project file, which need more of it")]
mod make;
mod report;
mod round_trip;
mod table;
mod tei;
mod w3c;
