//! Keeps the architecture from sliding: which layer may use which, how long a file may be, and that every
//! module says what it is for.

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer with the layers it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("limits", &[]),
    ("order", &[]),
    ("by_key", &["order"]),
    ("text", &[]),
    ("model", &["text", "order", "by_key", "limits"]),
    ("keep", &["text", "model"]),
    ("words", &["formats", "lint"]),
    ("samples", &[]),
    ("paint", &["text", "model", "order"]),
    ("lint", &["text", "model", "order", "by_key"]),
    ("zip", &["model", "limits"]),
    ("formats", &["text", "model", "paint", "order", "by_key", "limits"]),
    ("exchange", &["text", "model", "lint", "formats", "zip", "limits"]),
    (
        "state",
        &["text", "model", "keep", "lint", "formats", "exchange", "words", "samples", "order", "by_key", "limits"],
    ),
    ("cli", &["text", "model", "lint", "formats", "zip", "limits"]),
    ("ui", &["text", "model", "lint", "formats", "exchange", "words", "samples", "state"]),
    (
        "web",
        &[
            "text", "model", "keep", "formats", "exchange", "words", "samples", "paint", "state", "ui", "order",
            "by_key", "limits", "zip",
        ],
    ),
];

const LONGEST: usize = 600;

fn sources(folder: &Path) -> Vec<PathBuf> {
    files(folder, "rs")
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found
}

fn layer(path: &Path, src: &Path) -> String {
    let inside = path.strip_prefix(src).expect("inside src");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The layers that a source names as `crate::layer`, tests left out.
fn used(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let names = lines.flat_map(|line| line.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>());
    names
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().split(',').map(|n| n.trim().to_owned()).collect(),
            None => vec![rest],
        })
        .map(|name| name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn a_layer_uses_only_the_layers_above_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut looked_at = 0;
    for path in sources(&src) {
        let own = layer(&path, &src);
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == own) else {
            assert!(["lib", "main"].contains(&own.as_str()), "{} belongs to no layer", path.display());
            continue;
        };
        for other in used(&fs::read_to_string(&path).expect("a source")) {
            let is_layer = LAYERS.iter().any(|(name, _)| *name == other);
            assert!(!is_layer || other == own || allowed.contains(&other.as_str()), "{} uses {other}", path.display());
            looked_at += usize::from(is_layer);
        }
    }
    assert!(looked_at > 100, "the check itself looks at something: {looked_at}");
}

#[test]
fn every_module_says_what_it_is_for_and_none_is_too_long() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "xtask/src", "tests"] {
        for path in sources(&root.join(folder)) {
            let source = fs::read_to_string(&path).expect("a source");
            assert!(source.starts_with("//!"), "{} does not open with what it is for", path.display());
            let lines = source.lines().count();
            assert!(lines <= LONGEST, "{} has {lines} lines", path.display());
        }
    }
}

#[test]
fn every_style_sheet_is_short_and_part_of_the_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("index.html")).expect("the page");
    for path in files(&root.join("static"), "css") {
        let lines = fs::read_to_string(&path).expect("a style sheet").lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", path.display());
        let name = path.strip_prefix(root).expect("inside the project").to_string_lossy().replace('\\', "/");
        assert!(page.contains(&format!("href=\"{name}\"")), "{name} is not in index.html");
    }
}

#[test]
fn no_mention_of_a_browser_outside_its_layer() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in sources(&src) {
        if ["ui", "web"].contains(&layer(&path, &src).as_str()) {
            continue;
        }
        let source = fs::read_to_string(&path).expect("a source");
        for word in ["web_sys", "js_sys", "wasm_bindgen", "gloo", "yew::", "innerHTML", "unsafe "] {
            assert!(!source.contains(word), "{} names {word}", path.display());
        }
    }
}

/// Yew makes a set of what `class={…}` is given and brings along what sets need, which is a kilobyte of each visit.
#[test]
fn a_class_that_is_computed_is_given_as_class_in_capitals() {
    let mut looked_at = 0;
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui")) {
        let source = fs::read_to_string(&path).expect("a source");
        assert!(!source.contains(" class={"), "{} has `class={{`", path.display());
        looked_at += source.matches(" Class={").count();
    }
    assert!(looked_at > 5, "the check itself looks at something: {looked_at}");
}
