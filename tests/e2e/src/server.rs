//! A static host as plain as they come: it serves one folder below a path, and sends no header that
//! the site could lean on. Into the page itself it puts a script of the tests, before all of its own.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::{fs, io, thread};

/// The site must work in any folder of a host.
const BELOW: &str = "/some/folder/";

/// A folder, served from now until the program ends.
pub struct Server {
    address: String,
    first: Arc<Mutex<String>>,
}

impl Server {
    /// Serves a folder, with a script that runs first on each page.
    pub fn start(folder: &Path, first: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("a bound port").port();
        let address = format!("http://127.0.0.1:{port}{BELOW}");
        let first = Arc::new(Mutex::new(first.to_owned()));
        let served = (folder.to_owned(), first.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (folder, first) = served.clone();
                // A browser that goes away in the middle is no concern of the server's.
                thread::spawn(move || answer(&stream, &folder, &first).ok());
            }
        });
        Self { address, first }
    }

    /// Where it is.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Has a script run first on each page that is asked for from now on, after those before.
    pub fn run_first(&self, script: &str) {
        self.first.lock().unwrap_or_else(PoisonError::into_inner).push_str(script);
    }
}

/// Serves a folder as it is from now until the program ends, and gives its address.
pub fn serve(folder: &Path) -> String {
    Server::start(folder, "").address
}

fn answer(mut stream: &TcpStream, site: &Path, first: &Mutex<String>) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = request.split_whitespace().nth(1).unwrap_or_default();
    let found = file(path, site).and_then(|file| Some((kind(&file), fs::read(file).ok()?)));
    let (status, kind, mut body) = match found {
        Some((kind, body)) => ("200 OK", kind, body),
        // A browser asks for it on its own account.
        None if path == "/favicon.ico" => ("204 No Content", "image/x-icon", Vec::new()),
        None => ("404 Not Found", "text/plain", b"not here".to_vec()),
    };
    if kind == "text/html" {
        body = with_script(&body, &first.lock().unwrap_or_else(PoisonError::into_inner));
    }
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)
}

/// The page with a script where its head begins: before its security policy, which would forbid it.
fn with_script(page: &[u8], script: &str) -> Vec<u8> {
    const HEAD: &str = "<head>";
    let page = String::from_utf8_lossy(page);
    match page.split_once(HEAD) {
        Some((before, after)) if !script.is_empty() => {
            format!("{before}{HEAD}<script>{script}</script>{after}").into_bytes()
        }
        _ => page.into_owned().into_bytes(),
    }
}

fn file(path: &str, site: &Path) -> Option<PathBuf> {
    let path = path.split(['?', '#']).next()?.strip_prefix(BELOW)?;
    let name = Path::new(if path.is_empty() { "index.html" } else { path });
    let inside = name.components().all(|part| matches!(part, Component::Normal(_)));
    inside.then(|| site.join(name)).filter(|file| file.is_file())
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
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
        let page = b"<html><head><meta></head>";
        assert_eq!(with_script(page, "a()"), b"<html><head><script>a()</script><meta></head>");
        assert_eq!(with_script(page, ""), page);
    }
}
