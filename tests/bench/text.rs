//! How fast text is set, and how much memory it takes: `cargo bench --bench text`.
//!
//! Everything runs on one thread without a screen; a frame ends with the meshes that a graphics card would be given.
//! The article is made of the invented ones in `assets/sample`, some 700 words.

use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use egui::{Context, Id, RawInput, Rect, Ui, pos2, vec2};
use fihrist::state::Settings;
use fihrist::text::{self, Block, LineAlign, ListState, ReaderOptions, ReaderState, TextStyle};
use fihrist::ui::theme;

const ROW_HEIGHT: f32 = 138.0;

/// The paragraphs of the sample's articles.
fn paragraphs() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/daftar");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    let texts = files.iter().map(|file| std::fs::read_to_string(file).unwrap());
    let lines = texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>());
    lines.filter(|line| 80 < line.chars().count()).collect()
}

/// An article of 700 words; every `number` is another text.
fn article(paragraphs: &[String], number: usize) -> Vec<Block> {
    let style = TextStyle::body(&theme::look(&Settings::default()));
    let mut blocks = Vec::new();
    let mut n_words = 0;
    for paragraph in paragraphs.iter().cycle().skip(number % paragraphs.len()) {
        n_words += paragraph.split_whitespace().count();
        blocks.push(Block::new(format!("{number} {paragraph}"), style.clone(), 12.0));
        if 700 <= n_words {
            return blocks;
        }
    }
    blocks
}

fn context() -> Context {
    let ctx = Context::default();
    text::install(&ctx, theme::look(&Settings::default()));
    ctx
}

/// A frame of a window of this width, up to its meshes.
fn frame(ctx: &Context, width: f32, mut add: impl FnMut(&mut Ui)) {
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(width, 900.0))),
        ..RawInput::default()
    };
    let mut output = ctx.run_ui(input, |ui| add(ui));
    output.textures_delta.clear();
    black_box(ctx.tessellate(output.shapes, output.pixels_per_point));
}

fn read(ctx: &Context, state: &mut ReaderState, key: u64, width: f32, blocks: &[Block]) {
    frame(ctx, width, |ui| {
        let options = ReaderOptions {
            key,
            max_width: 2_000.0,
            name: "article",
            menu: &[],
        };
        text::reader_ui(ui, Id::unique("reader"), state, options, || blocks.to_vec());
    });
}

/// A frame of a list of a million rows with a headline, a source and a snippet each.
fn list(ctx: &Context, state: &mut ListState, paragraphs: &[String]) {
    let look = theme::look(&Settings::default());
    let style = TextStyle::interface(&look);
    let input = RawInput {
        // So high that 40 rows are in view.
        screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(420.0, 40.0 * ROW_HEIGHT))),
        ..RawInput::default()
    };
    let mut output = ctx.run_ui(input, |ui| {
        text::list_ui(ui, "rows", state, 1_000_000, ROW_HEIGHT, "rows", |ui, rect, row, _| {
            let text = &paragraphs[row as usize % paragraphs.len()];
            let title = style.clone().size(15.0).bold();
            let below = |top: f32| Rect::from_min_max(pos2(rect.left(), rect.top() + top), rect.max);
            let title_text = format!("{row} {}", text.split('،').next().unwrap_or(text));
            text::paint_lines(ui, below(8.0), &title_text, &[], &title, 2);
            let meta = Rect::from_min_size(below(56.0).min, vec2(rect.width(), 20.0));
            text::paint_line(ui, meta, "دفتر الجنوب", &[], &style, LineAlign::Start);
            text::paint_lines(ui, below(78.0), text, &[], &style.clone().size(13.0), 3);
            title_text
        });
    });
    output.textures_delta.clear();
    black_box(ctx.tessellate(output.shapes, output.pixels_per_point));
}

/// The memory that the process holds, in MiB; 0 where the system does not say.
fn resident_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|it| it.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kib.unwrap_or(0.0) / 1024.0
}

fn bench_text(criterion: &mut Criterion) {
    let paragraphs = paragraphs();

    // Before anything else is kept.
    let before = resident_mib();
    {
        let ctx = context();
        let mut state = ReaderState::default();
        for number in 0..500 {
            read(&ctx, &mut state, number as u64, 700.0, &article(&paragraphs, number));
        }
        println!(
            "memory after 500 articles: {:.1} MiB more than before",
            resident_mib() - before
        );
    }

    criterion.bench_function("article, cold: fonts, shaping, glyphs", |bencher| {
        let blocks = article(&paragraphs, 0);
        bencher.iter_batched(
            || (),
            |()| read(&context(), &mut ReaderState::default(), 0, 700.0, &blocks),
            BatchSize::PerIteration,
        );
    });
    criterion.bench_function("article, warm: shaping", |bencher| {
        let ctx = context();
        let mut number = 0;
        bencher.iter_batched(
            || {
                number += 1;
                (number, article(&paragraphs, number))
            },
            |(number, blocks)| read(&ctx, &mut ReaderState::default(), number as u64, 700.0, &blocks),
            BatchSize::PerIteration,
        );
    });
    criterion.bench_function("article, kept: a frame", |bencher| {
        let (ctx, blocks, mut state) = (context(), article(&paragraphs, 0), ReaderState::default());
        bencher.iter(|| read(&ctx, &mut state, 0, 700.0, &blocks));
    });
    criterion.bench_function("article, resized: breaking and a frame", |bencher| {
        let (ctx, blocks, mut state) = (context(), article(&paragraphs, 0), ReaderState::default());
        let mut width = 500.0;
        bencher.iter(|| {
            width = if width < 900.0 { width + 1.0 } else { 500.0 };
            read(&ctx, &mut state, 0, width, &blocks);
        });
    });
    criterion.bench_function("list, 40 new rows", |bencher| {
        let (ctx, mut state) = (context(), ListState::default());
        bencher.iter(|| {
            state.offset = (state.offset + 40.0 * f64::from(ROW_HEIGHT)) % 1.0e8;
            list(&ctx, &mut state, &paragraphs);
        });
    });
    criterion.bench_function("list, scrolled by 20 points at row 900,000", |bencher| {
        let (ctx, mut state) = (context(), ListState::default());
        state.offset = 900_000.0 * f64::from(ROW_HEIGHT);
        bencher.iter(|| {
            state.offset += 20.0;
            list(&ctx, &mut state, &paragraphs);
        });
    });
}

criterion_group!(benches, bench_text);
criterion_main!(benches);
