//! The site: what the compiler and the binding step made, put together with the page, the
//! styles and the static files into a folder that any static host can serve from anywhere.
//!
//! Every file that the page loads has a hash of its content in its name, every address is
//! relative, and the page forbids itself all that it does not need. It never compiles, and it
//! never leaves a half-made folder where a good one was.

use crate::{html, offline, onefile, policy, shrink};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// What stands in the page until the app does.
const MESSAGE: &str = "\n    <p id=\"boot-message\" role=\"status\">Starting\u{2026}</p>\
    \n    <noscript>This page needs JavaScript, and it is switched off here.</noscript>\n  ";

/// What the compiler and the binding step made.
#[derive(Debug)]
pub struct App {
    /// The script that starts all, with `@JS@` and `@WASM@` for the names of the other two.
    pub boot: String,
    /// The scripts of the one file, where the site is to be published: then it has that file and is kept by
    /// browsers for when there is no network.
    pub alone: Option<onefile::Scripts>,
    /// The module that loads the program.
    pub js: String,
    /// The program.
    pub wasm: Vec<u8>,
    /// The name under which `js` looks for the program.
    pub wasm_name: String,
    /// A folder of further modules that `js` imports, where there are any.
    pub snippets: Option<PathBuf>,
    /// The script that takes saved web pages apart, where there is one; only who opens such a page asks for it.
    pub extract: Option<String>,
    /// The program that knows all formats and what loads it, where `wasm` does not; only a worker asks for it.
    pub full: Option<Full>,
}

/// The program that knows all formats.
#[derive(Debug)]
pub struct Full {
    /// The module that loads it.
    pub js: String,
    /// The program.
    pub wasm: Vec<u8>,
}

/// What was made.
#[derive(Debug)]
pub struct Made {
    /// The files that one visit loads.
    pub visit: Vec<PathBuf>,
    /// Those that come when they are asked for: the full program and what loads it, if it is not in the visit.
    pub later: Vec<PathBuf>,
}

/// Writes the site to `out`.
pub fn write(root: &Path, app: &App, out: &Path) -> Result<Made> {
    let fresh = out.with_extension("new");
    clear(&fresh)?;
    fs::create_dir_all(&fresh).with_context(|| format!("could not make {}", fresh.display()))?;
    let mut site = Site { root, out: &fresh, visit: Vec::new(), later: Vec::new() };
    site.assemble(app)?;
    let (visit, later) = (site.visit, site.later);
    clear(out)?;
    fs::rename(&fresh, out).with_context(|| format!("could not move the new site to {}", out.display()))?;
    let in_place = |names: &[String]| names.iter().map(|name| out.join(name)).collect();
    Ok(Made { visit: in_place(&visit), later: in_place(&later) })
}

struct Site<'a> {
    root: &'a Path,
    out: &'a Path,
    visit: Vec<String>,
    later: Vec<String>,
}

impl Site<'_> {
    fn assemble(&mut self, app: &App) -> Result<()> {
        let source = html::insert_after_tag(&read_text(&self.root.join("index.html"))?, "<body", MESSAGE)?;
        let links = html::trunk_links(&source)?;
        self.visit.push("index.html".to_owned());
        let mut texts = Vec::new();
        let mut hashed = Vec::new();
        let mut styles = String::new();
        let mut icon = Vec::new();
        for link in &links {
            let href = || {
                let named = link.href.as_deref();
                named.with_context(|| format!("index.html: rel=\"{}\" needs a href", link.rel))
            };
            texts.push(match link.rel.as_str() {
                "rust" => self.add_app(app)?,
                "css" if !styles.is_empty() => String::new(),
                "css" => {
                    // All styles travel as one file, in the order of their links.
                    for style in links.iter().filter(|link| link.rel == "css") {
                        let href = style.href.as_deref().context("index.html: rel=\"css\" needs a href")?;
                        let source = self.root.join(href);
                        styles.push_str(&read_text(&source)?);
                        hashed.push(source);
                    }
                    styles = shrink::css(&styles);
                    let name = self.add_hashed("app.css", styles.as_bytes())?;
                    self.visit.push(name.clone());
                    format!("<link rel=\"stylesheet\" href=\"{name}\">")
                }
                "icon" => {
                    let source = self.root.join(href()?);
                    icon = read(&source)?;
                    let name = self.add_hashed(&file_name(&source)?, &icon)?;
                    hashed.push(source);
                    self.visit.push(name.clone());
                    format!("<link rel=\"icon\" href=\"{name}\">")
                }
                "copy-dir" | "copy-file" => String::new(),
                other => bail!(
                    "index.html: this build does not know data-trunk links with rel=\"{other}\"; \
                     teach it in xtask/src/site.rs"
                ),
            });
        }
        for link in &links {
            let source = link.href.as_deref().map(|href| self.root.join(href));
            match (link.rel.as_str(), source) {
                ("copy-dir", Some(from)) => copy_all(&from, &self.out.join(file_name(&from)?), &hashed)?,
                ("copy-file", Some(from)) => self.add(&file_name(&from)?, &read(&from)?)?,
                _ => {}
            }
        }
        let page = html::replace(&source, &links, &texts);
        // Before everything that the policy is about.
        let page = html::insert_after_tag(&page, "<meta charset", &policy::tag(policy::SITE))?;
        self.add("index.html", page.as_bytes())?;
        let Some(scripts) = &app.alone else {
            return self.add(offline::NAME, offline::NONE.as_bytes());
        };
        self.add(offline::NAME, offline::service_worker(self.out)?.as_bytes())?;
        let wasm = app.full.as_ref().map_or(&app.wasm, |full| &full.wasm);
        let parts = onefile::Parts { scripts, wasm, styles: &styles, icon: &icon };
        self.add(onefile::NAME, &onefile::page(self.root, &source, &parts)?)
    }

    /// The program, its loader and the script that starts both.
    fn add_app(&mut self, app: &App) -> Result<String> {
        let wasm = self.add_hashed(&app.wasm_name, &app.wasm)?;
        let js = app.js.replace(&app.wasm_name, &wasm);
        let js = self.add_hashed("app.js", js.as_bytes())?;
        let (full_js, full_wasm) = match &app.full {
            Some(full) => {
                let wasm = self.add_hashed("full.wasm", &full.wasm)?;
                let js = self.add_hashed("full.js", full.js.replace(&app.wasm_name, &wasm).as_bytes())?;
                self.later.extend([js.clone(), wasm.clone()]);
                (js, wasm)
            }
            None => (js.clone(), wasm.clone()),
        };
        let boot = app.boot.replace("@JS@", &js).replace("@WASM@", &wasm);
        let extract = match &app.extract {
            Some(script) => self.add_hashed("extract.js", script.as_bytes())?,
            None => String::new(),
        };
        let boot =
            boot.replace("@EXTRACT@", &extract).replace("@FULL_JS@", &full_js).replace("@FULL_WASM@", &full_wasm);
        let boot = self.add_hashed("boot.js", boot.as_bytes())?;
        let old = self.add_hashed("too-old.js", include_bytes!("../web/too-old.js"))?;
        if let Some(snippets) = &app.snippets {
            copy_all(snippets, &self.out.join("snippets"), &[])?;
        }
        let tags = format!(
            "<link rel=\"modulepreload\" href=\"{js}\">\n    \
             <link rel=\"preload\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n    \
             <script type=\"module\" async src=\"{boot}\"></script>\n    \
             <script nomodule defer src=\"{old}\"></script>"
        );
        self.visit.extend([boot, js, wasm]);
        Ok(tags)
    }

    fn add_hashed(&self, name: &str, content: &[u8]) -> Result<String> {
        let name = hashed_name(name, content);
        self.add(&name, content)?;
        Ok(name)
    }

    fn add(&self, name: &str, content: &[u8]) -> Result<()> {
        let file = self.out.join(name);
        fs::write(&file, content).with_context(|| format!("could not write {}", file.display()))
    }
}

/// `app.css` as `app-0123456789abcdef.css`, with the hash of what is in it.
fn hashed_name(name: &str, content: &[u8]) -> String {
    let hash: String = Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    match name.rsplit_once('.') {
        Some((stem, end)) => format!("{stem}-{hash}.{end}"),
        None => format!("{name}-{hash}"),
    }
}

/// Copies a folder with all that is in it, other than `except` and hidden files.
fn copy_all(from: &Path, to: &Path, except: &[PathBuf]) -> Result<()> {
    let entries = fs::read_dir(from).with_context(|| format!("could not read {}", from.display()))?;
    for entry in entries {
        let source = entry?.path();
        let name = file_name(&source)?;
        if name.starts_with('.') || except.contains(&source) {
            continue;
        }
        if source.is_dir() {
            copy_all(&source, &to.join(&name), except)?;
        } else {
            fs::create_dir_all(to).with_context(|| format!("could not make {}", to.display()))?;
            fs::copy(&source, to.join(&name)).with_context(|| format!("could not copy {}", source.display()))?;
        }
    }
    Ok(())
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("could not clear {}", folder.display()))?;
    }
    Ok(())
}

fn file_name(path: &Path) -> Result<String> {
    path.file_name()
        .and_then(|name| name.to_str())
        .map(str::to_owned)
        .with_context(|| format!("{} has no usable file name", path.display()))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("could not read {}", path.display()))
}

fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_content() {
        let one = hashed_name("app_bg.wasm", b"one");
        assert_eq!(one, hashed_name("app_bg.wasm", b"one"));
        assert_ne!(one, hashed_name("app_bg.wasm", b"two"));
        assert!(one.starts_with("app_bg-") && one.ends_with(".wasm"), "{one}");
        assert_eq!(one.len(), "app_bg-.wasm".len() + 16);
        assert!(hashed_name("LICENSE", b"x").starts_with("LICENSE-"));
    }

    /// A small project in a folder of its own, and what the compiler would make of it.
    fn project(name: &str) -> (PathBuf, App) {
        let root = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(root.join("static/schema")).unwrap();
        fs::create_dir_all(root.join("seeds")).unwrap();
        fs::write(
            root.join("index.html"),
            "<html><head>\n<meta charset=\"utf-8\">\n<link rel=\"manifest\" href=\"static/a\">\n<link data-trunk rel=\"rust\">\n\
             <link data-trunk rel=\"css\" href=\"static/b.css\">\n\
             <link data-trunk rel=\"css\" href=\"static/a.css\">\n\
             <link data-trunk rel=\"copy-dir\" href=\"static\">\n</head><body></body></html>",
        )
        .unwrap();
        fs::write(root.join("static/a.css"), "a{}").unwrap();
        fs::write(root.join("static/b.css"), "b{}").unwrap();
        fs::write(root.join("static/schema/v1.json"), "{}").unwrap();
        let app = App {
            boot: "import(\"./@JS@\")".into(),
            alone: None,
            js: "new URL('annotator_bg.wasm', import.meta.url)".into(),
            wasm: vec![0, 1],
            wasm_name: "annotator_bg.wasm".into(),
            snippets: None,
            full: None,
            extract: None,
        };
        (root, app)
    }

    #[test]
    fn a_site_that_is_published_has_the_one_file_and_is_kept() {
        let (root, mut app) = project("published");
        let out = root.join("dist");
        write(&root, &app, &out).unwrap();
        assert_eq!(fs::read_to_string(out.join(offline::NAME)).unwrap(), offline::NONE);
        assert!(!out.join(onefile::NAME).exists());

        app.alone = Some(onefile::Scripts { plain: "unpack()".into(), packed: vec![("start", "start()".into())] });
        app.boot.push_str("import(\"./@FULL_JS@\"); import(\"./@EXTRACT@\")");
        app.extract = Some("export const extract = 1".into());
        app.full = Some(Full { js: app.js.clone(), wasm: vec![3, 4] });
        let Made { visit, later } = write(&root, &app, &out).unwrap();
        assert_eq!(later.len(), 2, "{later:?}");
        assert!(later.iter().all(|file| file.is_file() && !visit.contains(file)), "{later:?}");
        let boot = visit.iter().find(|file| file.to_string_lossy().contains("boot-")).unwrap();
        assert!(fs::read_to_string(boot).unwrap().contains(&*later[0].file_name().unwrap().to_string_lossy()));
        let keeper = fs::read_to_string(out.join(offline::NAME)).unwrap();
        assert!(keeper.contains("\"extract-"), "web pages could not be read without a network: {keeper}");
        assert!(fs::read_to_string(boot).unwrap().contains("import(\"./extract-"));
        assert!(keeper.contains("\"full-"), "what reads files would be missing without a network: {keeper}");
        assert!(keeper.contains("\"./\"") && keeper.contains("\"static/schema/v1.json\""), "{keeper}");
        assert!(!keeper.contains(onefile::NAME), "the one file would be fetched on every first visit");
        let one = fs::read(out.join(onefile::NAME)).unwrap();
        assert!(String::from_utf8_lossy(&one).contains(">unpack()</script>"));
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn a_site_has_only_relative_addresses_and_no_inline_script() {
        let (root, app) = project("site");
        let out = root.join("dist");
        let Made { visit, later } = write(&root, &app, &out).unwrap();
        assert!(later.is_empty(), "{later:?}");
        let page = fs::read_to_string(out.join("index.html")).unwrap();
        fs::metadata(out.join("static/schema/v1.json")).unwrap();
        assert!(!out.join("static/a.css").exists());
        let styles = visit.iter().find(|file| file.extension().is_some_and(|end| end == "css")).unwrap();
        assert_eq!(fs::read_to_string(styles).unwrap(), "b{}a{}");
        assert!(!page.contains("data-trunk"));
        assert!(!page.contains("=\"/") && !page.contains("://"), "{page}");
        let policy = page.find("Content-Security-Policy").unwrap();
        assert!(policy < page.find("<script").unwrap());
        assert!(page.split("<script").skip(1).all(|tag| tag.contains("src=\"")));
        assert_eq!(visit.len(), 5, "{visit:?}");
        assert!(visit.iter().all(|file| file.is_file()), "{visit:?}");
        let wasm = hashed_name("annotator_bg.wasm", &app.wasm);
        let loader = visit.iter().find(|file| file.to_string_lossy().contains("app-"));
        assert!(fs::read_to_string(loader.unwrap()).unwrap().contains(&wasm));
        fs::remove_dir_all(&root).unwrap();
    }
}
