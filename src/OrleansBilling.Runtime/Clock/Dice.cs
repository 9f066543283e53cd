namespace OrleansBilling.Runtime.Clock;

/// <summary>Fills a buffer with unpredictable bytes. Like the clock, the process provides it in one place.</summary>
public delegate void Dice(Span<byte> buffer);
