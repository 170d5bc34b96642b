//! A static host as plain as they come: it serves one folder below a path, and sends no header that
//! the site could lean on. Another version can take the folder's place, and the host can be stopped. Into
//! the page itself it puts the scripts of the tests, where there are any, before all of its own.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{fs, io, thread};

/// The site must work in any folder of a host.
const BELOW: &str = "/some/folder/";
/// What a host says where its files may be kept for a while, as many do.
pub const KEEPS: &str = "Cache-Control: max-age=600\r\n";
/// The script that keeps the site for when there is no network.
const KEEPER: &str = "service-worker.js";

/// A host. It serves until it is stopped or the program ends.
pub struct Server {
    address: String,
    port: u16,
    shown: Arc<Mutex<Shown>>,
}

/// What is served.
#[derive(Clone)]
struct Shown {
    folder: Option<PathBuf>,
    headers: &'static str,
    first: String,
}

impl Server {
    /// Starts to serve a folder, with some headers beyond those that must be.
    pub fn start(folder: &Path, headers: &'static str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("a bound port").port();
        let shown = Shown { folder: Some(folder.to_owned()), headers, first: String::new() };
        let server =
            Self { address: format!("http://127.0.0.1:{port}{BELOW}"), port, shown: Arc::new(Mutex::new(shown)) };
        let shown = server.shown.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if lock(&shown).folder.is_none() {
                    return;
                }
                let shown = shown.clone();
                // A browser that goes away in the middle is no concern of the server's.
                thread::spawn(move || answer(&stream, &shown).ok());
            }
        });
        server
    }

    /// Where the site is.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Has a script run first on each page that is asked for from now on, after those before.
    pub fn run_first(&self, script: &str) {
        lock(&self.shown).first.push_str(script);
    }

    /// The scripts that run first.
    pub fn scripts(&self) -> String {
        lock(&self.shown).first.clone()
    }

    /// Serves another folder from now on.
    pub fn show(&self, folder: &Path) {
        lock(&self.shown).folder = Some(folder.to_owned());
    }

    /// Answers no more: whoever connects is refused.
    pub fn stop(&self) {
        lock(&self.shown).folder = None;
        while TcpStream::connect(("127.0.0.1", self.port)).is_ok() {}
    }
}

fn lock(shown: &Mutex<Shown>) -> MutexGuard<'_, Shown> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Serves a folder as it is from now until the program ends, and gives its address.
pub fn serve(folder: &Path) -> String {
    Server::start(folder, "").address
}

fn answer(mut stream: &TcpStream, shown: &Mutex<Shown>) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = request.split_whitespace().nth(1).unwrap_or_default();
    // Only now: browsers keep connections ready, and much may have changed since this one was made.
    let Shown { folder: Some(folder), headers, first } = lock(shown).clone() else {
        return Ok(());
    };
    let found = file(path, &folder);
    let found = found.and_then(|file| Some((kind(&file), fs::read(file).ok()?)));
    let (status, kind, mut body) = match found {
        Some((kind, body)) => ("200 OK", kind, body),
        // A browser asks for it on its own account.
        None if path == "/favicon.ico" => ("204 No Content", "image/x-icon", Vec::new()),
        None => ("404 Not Found", "text/plain", b"not here".to_vec()),
    };
    if !first.is_empty() && kind == "text/html" {
        body = with_script(&String::from_utf8_lossy(&body), &first).into_bytes();
    }
    // With a script in it the page is none that the keeper would keep. This one keeps nothing.
    if !first.is_empty() && path.ends_with(KEEPER) {
        body.clear();
    }
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{headers}Connection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)
}

/// A page with a script where its head begins: before its security policy, which would forbid it.
pub fn with_script(page: &str, script: &str) -> String {
    const HEAD: &str = "<head>";
    page.replacen(HEAD, &format!("{HEAD}<script>{script}</script>"), 1)
}

fn file(path: &str, site: &Path) -> Option<PathBuf> {
    let path = path.split(['?', '#']).next()?.strip_prefix(BELOW)?;
    let name = Path::new(if path.is_empty() { "index.html" } else { path });
    let inside = name.components().all(|part| matches!(part, Component::Normal(_)));
    inside.then(|| site.join(name)).filter(|file| file.is_file())
}

/// What a host says a file is, by its name.
pub fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("json" | "webmanifest") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("txt") => "text/plain",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_site_are_served() {
        let site = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(file("/some/folder/Cargo.toml?x", site), Some(site.join("Cargo.toml")));
        for path in ["/Cargo.toml", "/some/folder/../e2e/Cargo.toml", "/some/folder//etc/hosts", "/some/folder/none"] {
            assert_eq!(file(path, site), None, "{path}");
        }
    }

    #[test]
    fn the_script_stands_before_all_of_the_page() {
        let page = "<html><head><meta></head>";
        assert_eq!(with_script(page, "a()"), "<html><head><script>a()</script><meta></head>");
    }
}
