//! Tableau's activity log as files to download: events that match, and the files as they are.

use std::io::{self, Read};

use app::tenancy::activity;
use axum::{
    Extension,
    body::Body,
    extract::{Query, Request, State},
    http::{HeaderValue, header::CONTENT_LENGTH},
    response::{IntoResponse, Redirect, Response},
};
use futures::{Stream, stream};
use leptos_router::params::ParamsMap;
use model::SiteId;
use operations::Caller;
use serde::Deserialize;

use super::{answer, headers};
use crate::{explained::explained_problem, program::Web};

/// How much of a file is read at once.
const PIECE: usize = 64 * 1024;

/// The events of a part of Tableau's activity log that match.
pub async fn events(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    let file = async {
        let url: ParamsMap = pairs.into_iter().collect();
        let (query, _) = activity::read(&url, caller.now)?;
        web.operations.export_events(&caller, &query, &activity::read_events(&url)?).await
    };
    answer(&web, file.await, request)
}

/// Which file of the activity log is asked for, and the list it was asked for from.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct LogFile {
    site: String,
    path: String,
    from: String,
    to: String,
    kind: String,
}

/// A file of Tableau's activity log, once it is whole and was compared with its MD5. Until then the list shows how far it
/// is: no request waits for a slow line.
pub async fn log_file(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<LogFile>,
    request: Request,
) -> Response {
    let file = async {
        let site = if asked.site.is_empty() { None } else { Some(SiteId::parse(&asked.site)?) };
        web.operations.log_file(&caller, site, &asked.path).await
    };
    let file = match file.await {
        Ok(Some(file)) => file,
        Ok(None) => {
            let LogFile { site, path, from, to, kind } = asked;
            let list = vec![("site", site), ("from", from), ("to", to), ("kind", kind)];
            return Redirect::to(&activity::way_address(list, path)).into_response();
        }
        Err(problem) => return explained_problem(&web.assets, &request.into_parts().0, problem),
    };
    let length = [(CONTENT_LENGTH, HeaderValue::from(file.length))];
    let content = Body::from_stream(pieces(file.content));
    (headers(&file.name, "application/octet-stream"), length, content).into_response()
}

/// A file piece by piece, so that none of them is in memory whole.
fn pieces<Content: Read + Send + 'static>(content: Content) -> impl Stream<Item = io::Result<Vec<u8>>> {
    stream::try_unfold(content, |mut content| async move {
        let read = tokio::task::spawn_blocking(move || {
            let mut piece = vec![0; PIECE];
            let read = content.read(&mut piece)?;
            piece.truncate(read);
            Ok::<_, io::Error>((piece, content))
        });
        let (piece, content) = read.await.map_err(io::Error::other)??;
        Ok((!piece.is_empty()).then_some((piece, content)))
    })
}
