//! The project file from outside: round trips, the published schema, damage, foreign files, imports.
#![cfg(not(target_arch = "wasm32"))]

mod damage;
mod foreign;
mod importing;
mod make;
mod round_trip;
mod schema;
