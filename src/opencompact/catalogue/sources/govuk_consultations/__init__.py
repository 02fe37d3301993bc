"""GOV.UK content items of consultations."""
