//! A server as plain as they come: a thread for each request, and the connection closed after it. A browser may go away
//! in the middle of anything without keeping it from answering the next one.

use anyhow::{Context, Result};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

/// What is asked.
pub struct Request {
    /// The path with what follows a question mark.
    pub address: String,
    /// What was sent along.
    pub body: String,
}

/// What is answered: the kind and the bytes of something; nothing where there is no such thing.
pub type Answer = Option<(&'static str, Vec<u8>)>;

/// A server that runs until the program ends.
pub struct Server {
    port: u16,
    /// How many requests are being read or answered.
    busy: Arc<(Mutex<usize>, Condvar)>,
}

impl Server {
    /// Starts one on a free port.
    pub fn start(answer: impl Fn(Request) -> Answer + Send + Sync + 'static) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("a free port")?;
        let server = Self { port: listener.local_addr()?.port(), busy: Arc::default() };
        let (answer, busy) = (Arc::new(answer), server.busy.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, busy) = (answer.clone(), busy.clone());
                count(&busy, |number| number + 1);
                thread::spawn(move || {
                    let _ = respond(&stream, &*answer);
                    count(&busy, |number| number - 1);
                });
            }
        });
        Ok(server)
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Waits until all that was sent before is answered, by browsers that are gone as well: connections are taken in
    /// their order, and this one is the last.
    pub fn settle(&self) -> Result<()> {
        let mut last = TcpStream::connect(("127.0.0.1", self.port)).context("the server")?;
        last.write_all(b"GET / HTTP/1.1\r\n\r\n")?;
        last.read_to_end(&mut Vec::new())?;
        let (number, changed) = &*self.busy;
        let number = number.lock().unwrap_or_else(PoisonError::into_inner);
        drop(changed.wait_while(number, |number| *number > 0));
        Ok(())
    }
}

fn count((number, changed): &(Mutex<usize>, Condvar), next: impl Fn(usize) -> usize) {
    let mut number = number.lock().unwrap_or_else(PoisonError::into_inner);
    *number = next(*number);
    changed.notify_all();
}

fn respond(mut stream: &TcpStream, answer: &dyn Fn(Request) -> Answer) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let address = line.split_whitespace().nth(1).unwrap_or_default().to_owned();
    let mut length = 0;
    loop {
        line.clear();
        if reader.read_line(&mut line)? <= 2 {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    // Fails where the browser was ended before it had sent all.
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body = String::from_utf8(body).map_err(io::Error::other)?;
    let (status, kind, body) = match answer(Request { address, body }) {
        Some((kind, body)) => ("200 OK", kind, body),
        None => ("404 Not Found", "text/plain", b"not here".to_vec()),
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Shutdown;

    fn ask(port: u16, text: &str) -> Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.write_all(text.as_bytes())?;
        stream.shutdown(Shutdown::Write)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    #[test]
    fn a_request_is_answered_once_all_of_it_came() -> Result<()> {
        let answer =
            |request: Request| Some(("text/plain", format!("{} {}", request.address, request.body).into_bytes()));
        let port = Server::start(answer)?.port();
        let whole = ask(port, "POST /a?b HTTP/1.1\r\nHost: x\r\ncontent-length: 4\r\n\r\nbody")?;
        assert!(whole.starts_with("HTTP/1.1 200") && whole.ends_with("/a?b body"), "{whole}");
        assert_eq!(ask(port, "POST /a?b HTTP/1.1\r\nContent-Length: 9\r\n\r\nbody")?, "");
        assert_eq!(ask(port, "")?.lines().next(), Some("HTTP/1.1 200 OK"), "not a request, and no harm");
        Ok(())
    }

    #[test]
    fn what_was_sent_by_somebody_who_is_gone_has_been_taken_once_the_server_has_settled() -> Result<()> {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let list = heard.clone();
        let server = Server::start(move |request| {
            list.lock().unwrap_or_else(PoisonError::into_inner).push(request.body);
            None
        })?;
        for i in 0..50 {
            let mut stream = TcpStream::connect(("127.0.0.1", server.port()))?;
            stream.write_all(format!("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{i:02}").as_bytes())?;
        }
        server.settle()?;
        let heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
        assert_eq!(heard.iter().filter(|body| body.len() == 2).count(), 50);
        Ok(())
    }
}
