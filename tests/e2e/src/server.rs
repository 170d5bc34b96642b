//! A static host as plain as they come: it serves one folder below a path, and sends no header that
//! the site could lean on.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;
use std::{fs, io, thread};

/// The site must work in any folder of a host.
const BELOW: &str = "/some/folder/";

/// The address of the site, served from now until the tests end.
pub fn address(site: &Path) -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| serve(site))
}

/// Serves a folder from now until the program ends, and gives its address.
pub fn serve(folder: &Path) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = listener.local_addr().expect("a bound port").port();
    let folder = folder.to_owned();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            // A browser that goes away in the middle is no concern of the server's.
            thread::spawn(move || answer(&stream, &folder).ok());
        }
    });
    format!("http://127.0.0.1:{port}{BELOW}")
}

fn answer(mut stream: &TcpStream, site: &Path) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = request.split_whitespace().nth(1).unwrap_or_default();
    let found = file(path, site).and_then(|file| Some((kind(&file), fs::read(file).ok()?)));
    let (status, kind, body) = match found {
        Some((kind, body)) => ("200 OK", kind, body),
        // A browser asks for it on its own account.
        None if path == "/favicon.ico" => ("204 No Content", "image/x-icon", Vec::new()),
        None => ("404 Not Found", "text/plain", b"not here".to_vec()),
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)
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
}
