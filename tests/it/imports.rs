//! Which source file imports which: read from the sources, for the rules in [`super::tidy`].
//!
//! An item counts as imported from the file that defines it, however it is reached: by `use` (over several lines,
//! renamed, by a glob), by a re-export, by a path in the code or inside a macro. Test code is ignored.
//!
//! Not detected: methods called on a value whose type is not named. That is why an inherent `impl` must be in the file
//! of its type ([`Sources::stray_impls`]): a type's methods then import from nowhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;
use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

/// A path of names, as written in the code.
type Names = Vec<String>;

/// A function or file that is too long to read at a glance.
pub struct Long {
    pub place: String,
    pub n_lines: usize,
    /// Its comments.
    pub words: String,
}

/// One source file.
struct File {
    /// Its module: `index::search` for `src/index/search.rs` and `src/index/search/mod.rs`.
    module: Names,
    text: String,
    ast: syn::File,
    /// What is defined in it.
    items: BTreeSet<String>,
    /// The modules below it.
    children: BTreeSet<String>,
    /// What it calls by which name.
    uses: BTreeMap<String, Vec<Names>>,
    globs: Vec<Names>,
    /// Every path in its code, those of `use` included.
    paths: BTreeSet<Names>,
}

/// All source files, by their path below `src` without `.rs`.
pub struct Sources {
    files: BTreeMap<String, File>,
    by_module: BTreeMap<Names, String>,
}

impl Sources {
    /// The sources of the crate, without those of tests.
    pub fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut folders: Vec<PathBuf> = vec![root.clone()];
        let mut texts = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|it| it == "rs") {
                    let name = path.strip_prefix(&root).unwrap().with_extension("");
                    let names: Vec<_> = name.components().map(|it| it.as_os_str().to_string_lossy()).collect();
                    texts.push((names.join("/"), fs::read_to_string(&path).unwrap()));
                }
            }
        }
        Self::of(texts)
    }

    /// Sources by their path below `src` without `.rs`.
    pub fn of(texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut files: BTreeMap<String, File> = BTreeMap::new();
        for (path, text) in texts {
            let file = File::new(&path, text);
            files.insert(path, file);
        }
        loop {
            let tests: Vec<String> = files.keys().filter(|path| is_of_tests(path, &files)).cloned().collect();
            if tests.is_empty() {
                break;
            }
            files.retain(|path, _| !tests.contains(path));
        }
        let by_module = files
            .iter()
            .map(|(path, file)| (file.module.clone(), path.clone()))
            .collect();
        Self { files, by_module }
    }

    /// Each file with its text, tests cut out but for their line ends; in the order of paths.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, file)| (path.as_str(), file.text.as_str()))
    }

    /// From each file to those whose items it names.
    pub fn imports(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let imports = self.files.iter().map(|(path, file)| {
            let mut to = BTreeSet::new();
            for names in &file.paths {
                self.resolve(&file.module, names, &mut BTreeSet::new(), &mut to);
            }
            to.remove(path.as_str());
            (path.as_str(), to)
        });
        imports.collect()
    }

    /// Files that import each other, directly or around: each circle sorted, the largest first.
    pub fn circles(&self) -> Vec<Vec<&str>> {
        let mut graph = DiGraphMap::<&str, ()>::new();
        for (from, to) in self.imports() {
            for to in to {
                graph.add_edge(from, to, ());
            }
        }
        let mut circles = tarjan_scc(&graph);
        circles.retain(|it| 1 < it.len());
        for circle in &mut circles {
            circle.sort_unstable();
        }
        circles.sort_by_key(|it| (usize::MAX - it.len(), it[0]));
        circles
    }

    /// What `from` takes from `to`, for messages.
    pub fn names_between(&self, from: &str, to: &str) -> Vec<String> {
        let file = &self.files[from];
        let takes = |names: &&Names| {
            let mut found = BTreeSet::new();
            self.resolve(&file.module, names, &mut BTreeSet::new(), &mut found);
            found.contains(to)
        };
        file.paths.iter().filter(takes).map(|names| names.join("::")).collect()
    }

    /// Inherent `impl` blocks outside the file of their type.
    pub fn stray_impls(&self) -> Vec<String> {
        let mut stray = Vec::new();
        for (path, file) in &self.files {
            for item in &file.ast.items {
                let syn::Item::Impl(it) = item else { continue };
                let syn::Type::Path(of) = &*it.self_ty else { continue };
                if it.trait_.is_none() && !is_for_tests(&it.attrs) {
                    let mut homes = BTreeSet::new();
                    self.resolve(&file.module, &names_of(&of.path), &mut BTreeSet::new(), &mut homes);
                    homes.remove(path.as_str());
                    stray.extend(homes.iter().map(|home| format!("{path}: impl of a type of {home}")));
                }
            }
        }
        stray
    }

    /// Files of more than `file_lines` lines and functions of more than `function_lines`, in the order of paths.
    pub fn long(&self, file_lines: usize, function_lines: usize) -> Vec<Long> {
        let mut found = Vec::new();
        for (path, file) in &self.files {
            let n_lines = file.text.trim_end().lines().count();
            if file_lines < n_lines {
                let words = file.text.lines().filter(|it| it.starts_with("//!")).collect();
                found.push(Long {
                    place: format!("src/{path}.rs"),
                    n_lines,
                    words,
                });
            }
            let mut functions = Functions::default();
            functions.visit_file(&file.ast);
            for (name, lines) in functions.found {
                if function_lines < lines.len() {
                    let comments = file.text.lines().skip(lines.start - 1).take(lines.len());
                    let words = comments.filter(|it| it.trim_start().starts_with("//")).collect();
                    found.push(Long {
                        place: format!("src/{path}.rs: {name}"),
                        n_lines: lines.len(),
                        words,
                    });
                }
            }
        }
        found
    }

    /// Adds the files that define what `names` means in `module`. A module itself is nothing that is defined.
    fn resolve<'a>(
        &'a self,
        module: &[String],
        names: &[String],
        seen: &mut BTreeSet<(Names, Names)>,
        found: &mut BTreeSet<&'a str>,
    ) {
        if !seen.insert((module.to_vec(), names.to_vec())) {
            return;
        }
        let (module, names) = match names {
            [first, rest @ ..] if first == "crate" || first == "fihrist" => (&[][..], rest),
            [first, rest @ ..] if first == "self" => (module, rest),
            [first, rest @ ..] if first == "super" => (&module[..module.len().saturating_sub(1)], rest),
            _ => (module, names),
        };
        let (Some((first, rest)), Some(path)) = (names.split_first(), self.by_module.get(module)) else {
            return;
        };
        if first == "super" {
            return self.resolve(module, names, seen, found);
        }
        let file = &self.files[path];
        if file.items.contains(first) {
            found.insert(path);
        }
        if file.children.contains(first) {
            let below: Names = module.iter().chain([first]).cloned().collect();
            self.resolve(&below, rest, seen, found);
        }
        for target in file.uses.get(first).into_iter().flatten() {
            let longer: Names = target.iter().chain(rest).cloned().collect();
            if target.first() != Some(first) {
                self.resolve(module, &longer, seen, found);
            } else if file.children.contains(first) {
                // `use a::a;` beside `mod a;`, where following the name would never end. Without one it is of another
                // package.
                let below: Names = module.iter().chain([first]).cloned().collect();
                self.resolve(&below, &longer[1..], seen, found);
            }
        }
        if !file.items.contains(first) && !file.uses.contains_key(first) {
            // A glob of another package would be put before its own name, for ever.
            for glob in file.globs.iter().filter(|it| it.first() != Some(first)) {
                let longer: Names = glob.iter().chain(names).cloned().collect();
                self.resolve(module, &longer, seen, found);
            }
        }
    }
}

impl File {
    fn new(path: &str, text: String) -> Self {
        let ast = syn::parse_file(&text).unwrap_or_else(|err| panic!("src/{path}.rs: {err}"));
        let module: Names = match path {
            "lib" | "main" => Vec::new(),
            _ => path.trim_end_matches("/mod").split('/').map(str::to_owned).collect(),
        };
        let text = without_tests(&text, &ast);
        let mut file = Self {
            module: if path == "main" { vec!["main".into()] } else { module },
            text,
            items: BTreeSet::new(),
            children: BTreeSet::new(),
            uses: BTreeMap::new(),
            globs: Vec::new(),
            paths: BTreeSet::new(),
            ast,
        };
        let mut paths = Paths::default();
        paths.visit_file(&file.ast);
        for item in file.ast.items.clone() {
            file.define(&item);
        }
        for tree in &paths.uses {
            file.add_use(tree);
        }
        file.paths.extend(paths.found);
        file
    }

    fn define(&mut self, item: &syn::Item) {
        if is_for_tests(attributes(item)) {
            return;
        }
        let name = match item {
            syn::Item::Const(it) => &it.ident,
            syn::Item::Enum(it) => &it.ident,
            syn::Item::Fn(it) => &it.sig.ident,
            syn::Item::Static(it) => &it.ident,
            syn::Item::Struct(it) => &it.ident,
            syn::Item::Trait(it) => &it.ident,
            syn::Item::TraitAlias(it) => &it.ident,
            syn::Item::Type(it) => &it.ident,
            syn::Item::Union(it) => &it.ident,
            syn::Item::Mod(it) if it.content.is_none() => {
                self.children.insert(it.ident.to_string());
                return;
            }
            // A module inside a file is a part of the file.
            syn::Item::Mod(it) => &it.ident,
            syn::Item::Macro(it) => match &it.ident {
                Some(name) => name,
                None => return,
            },
            _ => return,
        };
        self.items.insert(name.to_string());
    }

    fn add_use(&mut self, tree: &syn::UseTree) {
        let mut leaves = Vec::new();
        leaves_of(tree, &mut Vec::new(), &mut leaves);
        for (names, alias) in leaves {
            self.paths.insert(names.clone());
            match alias {
                Some(alias) => self.uses.entry(alias).or_default().push(names),
                None => self.globs.push(names),
            }
        }
    }
}

/// Each name that a `use` brings, with what it is called here; a glob's has no name.
fn leaves_of(tree: &syn::UseTree, before: &mut Names, leaves: &mut Vec<(Names, Option<String>)>) {
    match tree {
        syn::UseTree::Path(it) => {
            before.push(it.ident.to_string());
            leaves_of(&it.tree, before, leaves);
            before.pop();
        }
        syn::UseTree::Name(it) if it.ident == "self" => {
            leaves.push((before.clone(), before.last().cloned()));
        }
        syn::UseTree::Name(it) => {
            let names = before.iter().cloned().chain([it.ident.to_string()]).collect();
            leaves.push((names, Some(it.ident.to_string())));
        }
        syn::UseTree::Rename(it) => {
            let named = (it.ident != "self").then(|| it.ident.to_string());
            let names = before.iter().cloned().chain(named).collect();
            leaves.push((names, Some(it.rename.to_string())));
        }
        syn::UseTree::Glob(_) => leaves.push((before.clone(), None)),
        syn::UseTree::Group(it) => it.items.iter().for_each(|it| leaves_of(it, before, leaves)),
    }
}

/// Whether the module of a file is declared for tests only, or was declared in a file that is.
fn is_of_tests(path: &str, files: &BTreeMap<String, File>) -> bool {
    let module = &files[path].module;
    let Some((name, parent)) = module.split_last().filter(|_| path != "main") else {
        return false;
    };
    let mut parents = files.values().filter(|it| it.module == parent);
    !parents.any(|it| it.children.contains(name))
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|it| {
        let is_cfg =
            it.path().is_ident("cfg") && it.meta.require_list().is_ok_and(|it| it.tokens.to_string() == "test");
        is_cfg || it.path().is_ident("test")
    })
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(it) => &it.attrs,
        syn::Item::Enum(it) => &it.attrs,
        syn::Item::Fn(it) => &it.attrs,
        syn::Item::Impl(it) => &it.attrs,
        syn::Item::Mod(it) => &it.attrs,
        syn::Item::Static(it) => &it.attrs,
        syn::Item::Struct(it) => &it.attrs,
        syn::Item::Trait(it) => &it.attrs,
        syn::Item::Type(it) => &it.attrs,
        syn::Item::Use(it) => &it.attrs,
        syn::Item::Macro(it) => &it.attrs,
        _ => &[],
    }
}

/// The text with the lines of its tests emptied.
fn without_tests(text: &str, ast: &syn::File) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    for item in ast.items.iter().filter(|item| is_for_tests(attributes(item))) {
        let span = item.span();
        lines[span.start().line - 1..span.end().line].fill("");
    }
    lines.join("\n")
}

/// Gathers every path in the code of a file.
#[derive(Default)]
struct Paths {
    found: BTreeSet<Names>,
    uses: Vec<syn::UseTree>,
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, it: &'ast syn::ImplItemFn) {
        if !is_for_tests(&it.attrs) {
            visit::visit_impl_item_fn(self, it);
        }
    }

    fn visit_item_use(&mut self, it: &'ast syn::ItemUse) {
        self.uses.push(it.tree.clone());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.found.insert(names_of(path));
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, it: &'ast syn::Macro) {
        self.found.insert(names_of(&it.path));
        self.visit_tokens(it.tokens.clone());
    }
}

impl Paths {
    /// What looks like a path inside a macro.
    fn visit_tokens(&mut self, tokens: TokenStream) {
        let mut names = Names::new();
        let mut last = ' ';
        for token in tokens {
            match token {
                TokenTree::Ident(it) => {
                    if last != ':' {
                        self.end(&mut names);
                    }
                    // What stands behind a dot is a field or a method.
                    if last != '.' {
                        names.push(it.to_string());
                    }
                    last = ' ';
                }
                TokenTree::Punct(it) => {
                    if it.as_char() != ':' {
                        self.end(&mut names);
                    }
                    last = it.as_char();
                }
                TokenTree::Group(it) => {
                    self.end(&mut names);
                    self.visit_tokens(it.stream());
                    last = ' ';
                }
                TokenTree::Literal(_) => {
                    self.end(&mut names);
                    last = ' ';
                }
            }
        }
        self.end(&mut names);
    }

    fn end(&mut self, names: &mut Names) {
        if !names.is_empty() {
            self.found.insert(std::mem::take(names));
        }
    }
}

/// Gathers the functions of a file with their lines, from 1.
#[derive(Default)]
struct Functions {
    found: Vec<(String, std::ops::Range<usize>)>,
}

impl Functions {
    fn add(&mut self, name: &syn::Ident, span: proc_macro2::Span) {
        self.found
            .push((name.to_string(), span.start().line..span.end().line + 1));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_fn(&mut self, it: &'ast syn::ItemFn) {
        self.add(&it.sig.ident, it.span());
    }

    fn visit_impl_item_fn(&mut self, it: &'ast syn::ImplItemFn) {
        self.add(&it.sig.ident, it.span());
    }
}

fn names_of(path: &syn::Path) -> Names {
    path.segments.iter().map(|it| it.ident.to_string()).collect()
}
