namespace OrleansBilling.Gateway.Http;

/// <summary>A group of related routes. The constructor lists its dependencies. One instance is made at startup.</summary>
internal interface IRouteGroup
{
    void Map(ApiRoutes api);
}
