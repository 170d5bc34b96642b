//! The program: in a browser it mounts the app; natively it is (later) the command line.
//! It never does more than hand over to the library.

#[cfg(target_arch = "wasm32")]
fn main() {
    annotator::web::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("The annotator runs in a browser: `cargo xtask serve` builds and opens it.");
}
