// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class CommandsClient
{
    private readonly ApiTransport api;

    internal CommandsClient(ApiTransport api) => this.api = api;
}
