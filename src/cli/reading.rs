//! `fihrist reading`: corrects how files are read.

use std::io::{self, Write as _};

use super::args::ReadingArgs;
use super::error::CliError;
use super::open::{Context, Outcome, check_folder};
use crate::archive::{Reading, ReadingRule};

pub(super) fn reading(ctx: &Context, args: ReadingArgs) -> Result<Outcome, CliError> {
    let (folder, as_json) = (args.folder.clone(), args.json);
    check_folder(ctx, &folder)?;
    let mut reading = ctx.data_dir.load_reading(&folder)?;
    let file = ctx.data_dir.reading_file(&folder);
    if change(&mut reading, args)? {
        let kept = ctx.data_dir.save_reading(&folder, &reading);
        kept.map_err(|source| CliError::KeepRule {
            source,
            path: file.clone(),
        })?;
    }
    let mut out = io::stdout().lock();
    if as_json {
        writeln!(out, "{}", reading.to_json())?;
    } else {
        write_rules(&mut out, &reading)?;
        writeln!(out, "kept in {}", file.display())?;
    }
    Ok(Outcome::Whole)
}

/// Adds or removes the rule that was typed; says whether there was one.
fn change(reading: &mut Reading, args: ReadingArgs) -> Result<bool, CliError> {
    let Some(files) = args.files else {
        return Ok(false);
    };
    let rule = ReadingRule {
        files,
        encoding: args.encoding,
        format: args.format,
        fields: args.fields.into_iter().collect(),
    };
    if args.remove {
        if !reading.remove(&rule.files) {
            return Err(CliError::NoRule { files: rule.files });
        }
        return Ok(true);
    }
    if rule.encoding.is_none() && rule.format.is_none() && rule.fields.is_empty() {
        return Err(CliError::EmptyRule);
    }
    reading.set(rule)?;
    Ok(true)
}

fn write_rules(out: &mut impl io::Write, reading: &Reading) -> io::Result<()> {
    for rule in &reading.rules {
        write!(out, "{}:", rule.files)?;
        if let Some(encoding) = &rule.encoding {
            write!(out, " encoding {encoding}")?;
        }
        if let Some(format) = rule.format {
            write!(out, " format {format}")?;
        }
        for (name, role) in &rule.fields {
            write!(out, " {name}={}", role.name())?;
        }
        writeln!(out)?;
    }
    Ok(())
}
