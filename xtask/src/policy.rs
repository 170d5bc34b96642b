//! What the page may do, as its content security policy: run its own program, and nothing else. Nothing
//! leaves it, nothing from elsewhere comes in.
//!
//! The one policy for trusted types is that of the loader, which lets only addresses of its own become
//! workers and, in the one file, only texts out of the file's own data become scripts. Markup it lets through for the
//! parser of saved web pages alone, whose documents nobody sees. A policy in the page can't say who may frame it; that is for whoever serves it.

use anyhow::{Result, bail};
use sha2::{Digest, Sha256};

/// The site: its files are beside the page.
pub const SITE: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
    require-trusted-types-for 'script'; trusted-types annotator";

/// The one file: all is in the page, and only what was there when it was built may run. `packed` are the scripts that
/// the page unpacks from data.
pub fn of_file<'a>(page: &str, packed: impl Iterator<Item = &'a str>) -> Result<String> {
    let (mut scripts, styles) = (inline(page, "script")?, inline(page, "style")?);
    scripts.extend(packed.map(hash));
    Ok(format!(
        "default-src 'none'; script-src{scripts} 'wasm-unsafe-eval'; style-src{styles}; img-src data:; \
         connect-src 'none'; worker-src blob:; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types annotator"
    ))
}

/// The policy as the page itself states it.
pub fn tag(policy: &str) -> String {
    format!("\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")
}

/// The hashes of what stands in the elements of a kind, as a policy lists them. Data is no script.
fn inline(page: &str, element: &str) -> Result<String> {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let mut hashes = String::new();
    let mut rest = page;
    while let Some((_, found)) = rest.split_once(&open) {
        let Some((attributes, found)) = found.split_once('>') else { bail!("a <{element}> is never closed") };
        let Some((content, after)) = found.split_once(&close) else { bail!("a <{element}> never ends") };
        rest = after;
        if !attributes.contains("type=\"application/") {
            // A browser would read another text than the one that is hashed, or end it elsewhere.
            if content.contains(['\r', '\0']) || content.contains("<!--") || content.contains(&open) {
                bail!("a <{element}> holds what can't stand in a page");
            }
            hashes.push_str(&hash(content));
        }
    }
    Ok(hashes)
}

/// The hash of a script or a style as a policy lists it.
fn hash(content: &str) -> String {
    format!(" '{}'", integrity(content.as_bytes()))
}

/// The hash of some bytes as browsers compare it.
pub fn integrity(content: &[u8]) -> String {
    format!("sha256-{}", base64(&Sha256::digest(content)))
}

/// Bytes as text of 64 letters (RFC 4648, section 4).
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | usize::from(three.get(at).copied().unwrap_or_default()));
        for at in 0..4 {
            let letter = char::from(LETTERS[bits >> (18 - 6 * at) & 63]);
            out.push(if at <= three.len() { letter } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_letters() {
        // RFC 4648, section 10.
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
    }

    #[test]
    fn just_what_runs_is_allowed() {
        let page = "<style>a{}</style><script type=\"application/lzma\">AAAA</script>\
            <script type=\"module\">one()</script><script nomodule>two()</script>";
        let policy = of_file(page, ["three()"].into_iter()).unwrap();
        let [style, one, two, three] = ["a{}", "one()", "two()", "three()"].map(|text| integrity(text.as_bytes()));
        assert!(policy.contains(&format!("script-src '{one}' '{two}' '{three}' 'wasm-unsafe-eval';")), "{policy}");
        assert!(policy.contains(&format!("style-src '{style}';")), "{policy}");
        // As `printf a{} | openssl dgst -sha256 -binary | base64` has it.
        assert_eq!(style, "sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk=");
    }

    #[test]
    fn what_a_browser_would_read_otherwise_is_refused() {
        for content in ["a\r\nb", "<!-- a", "<script"] {
            assert!(of_file(&format!("<script>{content}</script>"), [].into_iter()).is_err(), "{content}");
        }
        assert!(of_file("<style>a{}", [].into_iter()).is_err());
    }
}
