//! Formats from outside: what is written is read again as it was, but for what the report of losses says.
#![cfg(not(target_arch = "wasm32"))]

mod brat;
mod cas_json;
mod conll;
mod damage;
mod doccano;
mod document;
mod drawn;
mod hypothesis;
mod jsonl;
mod label_studio;
mod law;
mod losses;
#[path = "../project_file/make.rs"]
#[expect(dead_code, reason = "shared with the tests of the project file, which need more of it")]
mod make;
mod report;
mod round_trip;
mod shown;
mod table;
mod tei;
mod together;
mod w3c;
