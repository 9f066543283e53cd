namespace OrleansBilling.Runtime.Sellers;

/// <summary>A seller's logo, for documents, mails and pages: a PNG that this program made itself of what was uploaded.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record SellerLogo(ReadOnlyMemory<byte> Png, int Width, int Height);

/// <summary>A logo as it is stored.</summary>
/// <param name="Logo">Null after it was removed.</param>
/// <param name="Revision">Counts changes, also removals, from 1.</param>
public sealed record StoredLogo(SellerLogo? Logo, int Revision);
