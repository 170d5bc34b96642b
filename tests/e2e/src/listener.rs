//! Somebody outside whom nothing must reach: an address on this machine that notes every request.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// It listens until the tests end.
pub struct Listener {
    address: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Listener {
    /// Starts to listen.
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("a bound port").port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let notes = heard.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let notes = notes.clone();
                thread::spawn(move || note(&stream, &notes));
            }
        });
        Self { address: format!("http://127.0.0.1:{port}"), heard }
    }

    /// Its origin.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What was asked for so far, each path once, in order.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Who connects and asks for nothing is noted as well.
fn note(mut stream: &TcpStream, notes: &Mutex<Vec<String>>) {
    let mut request = String::new();
    let _ = BufReader::new(stream).read_line(&mut request);
    let path = request.split_whitespace().nth(1).unwrap_or("a connection").trim_start_matches('/').to_owned();
    let mut notes = notes.lock().unwrap_or_else(PoisonError::into_inner);
    if !notes.contains(&path) {
        notes.push(path);
    }
    let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n");
}
