namespace OrleansBilling.Gateway.Http;

/// <summary>Routes that belong together. Its constructor names what they work with; one is made when the process starts.</summary>
internal interface IRouteGroup
{
    void Map(ApiRoutes api);
}
