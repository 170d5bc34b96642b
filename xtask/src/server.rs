//! A static server for this machine only: it answers on 127.0.0.1 and nowhere else.
//!
//! It serves one folder at a time, which may be exchanged while it runs. It never lists
//! folders, never follows an address outside the folder, and never lets the browser keep a file
//! without asking again.

use crate::files::{content_type, inside};
use anyhow::{Result, anyhow};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

/// As many answers at a time as a browser asks for.
const THREADS: usize = 4;

/// Shown while there is no good build yet.
const NOTHING_YET: &str = "There is no good build yet; the terminal says why. Reload this page \
                           when it is done.";

/// The folder that is served now; none before the first good build.
pub type Folder = Arc<RwLock<Option<PathBuf>>>;

/// Starts to listen. The answers come from threads of their own.
pub fn start(port: u16, folder: &Folder) -> Result<String> {
    let server = Server::http(("127.0.0.1", port)).map_err(|error| {
        anyhow!(
            "port {port} cannot be used ({error}). If another `cargo xtask serve` runs, use that \
             one or end it; else take another port with --port (the browser keeps articles per \
             address, so they are not seen at the other one)."
        )
    })?;
    let address = format!("http://{}/", server.server_addr());
    let server = Arc::new(server);
    for _ in 0..THREADS {
        let (server, folder) = (Arc::clone(&server), Arc::clone(folder));
        thread::spawn(move || {
            while let Ok(request) = server.recv() {
                answer(request, &folder);
            }
        });
    }
    Ok(address)
}

/// Exchanges the folder that is served.
pub fn exchange(folder: &Folder, fresh: &Path) {
    *folder.write().unwrap_or_else(PoisonError::into_inner) = Some(fresh.to_path_buf());
}

fn answer(request: Request, folder: &Folder) {
    let now = folder.read().unwrap_or_else(PoisonError::into_inner).clone();
    // A browser that has gone away meanwhile is no concern of ours.
    let _ = match (request.method(), now) {
        (Method::Get | Method::Head, Some(root)) => match open(&root, request.url()) {
            Some((file, kind)) => {
                let response = Response::from_file(file);
                request.respond(with_headers(response, kind))
            }
            None => request.respond(text(404, "There is no such file.")),
        },
        (Method::Get | Method::Head, None) => request.respond(text(503, NOTHING_YET)),
        _ => request.respond(text(405, "This server only hands out files.")),
    };
}

fn open(root: &Path, address: &str) -> Option<(File, &'static str)> {
    let path = root.join(inside(address)?);
    if !path.is_file() {
        return None;
    }
    Some((File::open(&path).ok()?, content_type(&path)))
}

fn text(status: u16, words: &str) -> Response<std::io::Cursor<Vec<u8>>> {
    let response = Response::from_string(words).with_status_code(StatusCode(status));
    with_headers(response, "text/plain; charset=utf-8")
}

fn with_headers<R: std::io::Read>(mut response: Response<R>, kind: &str) -> Response<R> {
    let headers = [("Content-Type", kind), ("Cache-Control", "no-cache"), ("X-Content-Type-Options", "nosniff")];
    for (name, value) in headers {
        // Only broken names are refused, and these are ours.
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    fn ask(address: &str, request: &str) -> String {
        let host = address.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "{request} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).unwrap();
        said
    }

    #[test]
    fn it_serves_the_folder_of_the_moment_and_nothing_beside_it() {
        let top = std::env::temp_dir().join(format!("xtask-server-{}", std::process::id()));
        let root = top.join("site");
        fs::create_dir_all(&root).unwrap();
        fs::write(top.join("secret.txt"), "secret").unwrap();
        fs::write(root.join("index.html"), "<p>hello").unwrap();
        fs::write(root.join("a.wasm"), "").unwrap();
        let folder = Folder::default();
        let address = start(0, &folder).unwrap();

        assert!(ask(&address, "GET /").starts_with("HTTP/1.1 503"));
        exchange(&folder, &root);
        let page = ask(&address, "GET /");
        assert!(page.starts_with("HTTP/1.1 200") && page.ends_with("<p>hello"), "{page}");
        assert!(page.contains("Cache-Control: no-cache"));
        assert!(ask(&address, "GET /a.wasm").contains("Content-Type: application/wasm"));
        for path in ["/../secret.txt", "/%2e%2e/secret.txt", "/none", "/a.wasm/"] {
            assert!(ask(&address, &format!("GET {path}")).starts_with("HTTP/1.1 404"), "{path}");
        }
        assert!(ask(&address, "POST /").starts_with("HTTP/1.1 405"));
        fs::remove_dir_all(&top).unwrap();
    }
}
