//! The program: in a browser it mounts the app; natively it is the command line.
//! It never does more than hand over to the library.

#[cfg(target_arch = "wasm32")]
fn main() {
    annotator::web::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    annotator::cli::main(std::env::args_os())
}
