//! Starts the program.

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use server::{
    commands,
    settings::{LogFormat, Program},
};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    match start().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One sentence with its causes: what stops the start is a wrong setting, not a place in the code.
            eprintln!("steward: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn start() -> Result<()> {
    let program = Program::parse();
    let filter = EnvFilter::try_new(&program.log)?;
    // Standard output belongs to the commands' own words.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match program.log_format {
        LogFormat::Text => log.with_target(false).init(),
        LogFormat::Json => log.json().init(),
    }
    commands::carry_out(program.command).await
}
